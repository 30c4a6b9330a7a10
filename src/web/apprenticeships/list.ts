// The list of programmes in scope by state.
import type { Deps } from '../../deps.ts';
import { programmeStatuses } from '../../domain/apprenticeships/programme.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paginate } from '../kernel/paging.ts';
import { paths, withQuery } from '../paths.ts';
import { levelName, occupationName } from '../presenting/names.ts';

const tabs = ['draft', 'submitted', 'returned', 'filed', 'running'] as const;

export async function listProgrammes(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, actor, query, lang } = exchange;
  const status = programmeStatuses.find((one) => one === query.status);
  const counts = await Promise.all(tabs.map((one) => deps.programmes.count(actor.scope, { status: one })));
  const filter = status === undefined ? {} : { status };
  const total = await deps.programmes.count(actor.scope, filter);
  const all = status === undefined ? total : await deps.programmes.count(actor.scope, {});
  const { slice, model } = paginate(total, query.page, paths.apprenticeships(), { status });
  const found = await deps.programmes.find(actor.scope, filter, { sort: { startsOn: -1 }, page: slice });
  const names = await deps.organisations.namesOf(found.map((one) => one.enterpriseId));
  const tab = (text: string, count: number, value: string | undefined) => ({
    href: withQuery(paths.apprenticeships(), { status: value }),
    text,
    count,
    current: value === status,
  });
  exchange.page('apprenticeships/list', t('apprenticeships.title'), {
    title: t('apprenticeships.title'),
    action: exchange.may('apprenticeship.edit')
      ? { href: paths.newApprenticeship(), text: t('apprenticeships.new') }
      : null,
    tabs: [
      tab(t('apprenticeships.all'), all, undefined),
      ...tabs.map((one, index) =>
        tab(t(`shared.status.${one === 'running' ? 'inTraining' : one}`), counts[index]!, one),
      ),
    ],
    columns: ['number', 'enterprise', 'occupation', 'level', 'startsOn', 'planned', 'status'].map((key) => ({
      label: t(`apprenticeships.column.${key}`),
      numeric: key === 'planned',
    })),
    rows: found.map((one) => ({
      cells: [
        { text: one.number, href: paths.apprenticeship(one.id) },
        names.get(one.enterpriseId) ?? '',
        occupationName(deps.reference, lang, one.occupationCode),
        levelName(lang, one.targetLevel),
        one.startsOn,
        one.plannedCount,
        { text: '', tag: tagOf(one.status) },
      ],
    })),
    page: model,
  });
}

/** The tag of a programme's state. */
export function tagOf(status: string): string {
  const words: Record<string, string> = {
    running: 'inTraining',
    mid_check: 'midTermCheck',
    finished: 'completed',
    settled: 'closed',
    withdrawn: 'filingWithdrawn',
  };
  return words[status] ?? status;
}
