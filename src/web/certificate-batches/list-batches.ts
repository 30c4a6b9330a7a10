// The list of batches by state.
import type { Deps } from '../../deps.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paginate } from '../kernel/paging.ts';
import { batchTags } from '../presenting/status-tags.ts';
import { paths, withQuery } from '../paths.ts';

const states = ['proposed', 'issued', 'returned'] as const;

export async function listBatches(deps: Deps, exchange: Exchange): Promise<void> {
  const { scope } = exchange.actor;
  const status = states.find((one) => one === exchange.query.status);
  const counts = await Promise.all(
    states.map((one) => deps.certificateBatches.count(scope, { status: one })),
  );
  const filter = status === undefined ? {} : { status };
  const total =
    status === undefined ? counts.reduce((sum, one) => sum + one, 0) : counts[states.indexOf(status)]!;
  const { slice, model } = paginate(total, exchange.query.page, paths.certificateBatches(), { status });
  const found = await deps.certificateBatches.find(scope, filter, { sort: { createdAt: -1 }, page: slice });
  const names = await deps.organisations.namesOf(found.map((one) => one.evaluatorId ?? one.centreId ?? ''));
  const tab = (key: string, count: number, value: string | undefined) => ({
    href: withQuery(paths.certificateBatches(), { status: value }),
    text: exchange.t(key),
    count,
    current: value === status,
  });
  exchange.page('certificate-batches/list', exchange.t('certificates.batches'), {
    title: exchange.t('certificates.batches'),
    tabs: [
      tab(
        'certificates.allBatches',
        counts.reduce((sum, one) => sum + one, 0),
        undefined,
      ),
      ...states.map((one, index) => tab(`shared.status.${batchTags[one]}`, counts[index]!, one)),
    ],
    columns: ['number', 'kind', 'issuer', 'proposedBy', 'people', 'status'].map((key) => ({
      label: exchange.t(`certificates.column.${key}`),
      numeric: key === 'people',
    })),
    rows: found.map((one) => ({
      cells: [
        { text: one.number, href: paths.certificateBatch(one.id) },
        exchange.t(`certificates.kind.${one.kind}`),
        names.get(one.evaluatorId ?? one.centreId ?? '') ?? '',
        one.proposedByName,
        one.candidateIds.length,
        { text: '', tag: batchTags[one.status] },
      ],
    })),
    page: model,
  });
}
