// The lists of recorded certificates by state.
import type { Deps } from '../../deps.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paginate } from '../kernel/paging.ts';
import { paths, withQuery } from '../paths.ts';
import { importTags } from '../presenting/status-tags.ts';

const states = ['submitted', 'approved', 'returned'] as const;

export async function listImports(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, actor, query } = exchange;
  const status = states.find((one) => one === query.status);
  const counts = await Promise.all(
    states.map((one) => deps.certificateImports.count(actor.scope, { status: one })),
  );
  const all = counts.reduce((sum, one) => sum + one, 0);
  const { slice, model } = paginate(
    status === undefined ? all : counts[states.indexOf(status)]!,
    query.page,
    paths.certificateImports(),
    { status },
  );
  const found = await deps.certificateImports.find(actor.scope, status === undefined ? {} : { status }, {
    sort: { createdAt: -1 },
    page: slice,
  });
  const tab = (text: string, count: number, value: string | undefined) => ({
    href: withQuery(paths.certificateImports(), { status: value }),
    text,
    count,
    current: value === status,
  });
  exchange.page('certificate-imports/list', t('certificateImports.title'), {
    title: t('certificateImports.title'),
    action: exchange.may('certificateImport.upload')
      ? { href: paths.newCertificateImport(), text: t('certificateImports.new') }
      : null,
    tabs: [
      tab(t('certificateImports.all'), all, undefined),
      ...states.map((one, index) => tab(t(`shared.status.${importTags[one]}`), counts[index]!, one)),
    ],
    columns: ['list', 'file', 'rows', 'by', 'when', 'state'].map((key) => ({
      label: t(`certificateImports.column.${key}`),
      numeric: key === 'rows',
    })),
    rows: found.map((one) => ({
      cells: [
        { text: one.number, href: paths.certificateImport(one.id) },
        one.fileName || t('certificateImports.typedIn'),
        one.rowCount,
        one.createdByName,
        formatShortInstant(one.createdAt),
        { text: '', tag: importTags[one.status] },
      ],
    })),
    page: model,
  });
}
