// The list of training sessions: tabs by state with counts, filters, 50 rows a page.
import type { Deps } from '../../deps.ts';
import { sessionStatuses, trainingKinds } from '../../domain/training/training-session.ts';
import { dayOf, yearOf } from '../../domain/shared/calendar-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paginate } from '../kernel/paging.ts';
import { paths, withQuery } from '../paths.ts';
import { areaName, levelName, occupationName } from '../presenting/names.ts';
import { statusOf } from '../status-table.ts';
import { readSessionFilter, sessionQuery, sessionsAt, type SessionFilter } from './session-filter.ts';

export async function listSessions(deps: Deps, exchange: Exchange): Promise<void> {
  const { scope } = exchange.actor;
  const today = dayOf(exchange.now);
  const filter = readSessionFilter(exchange.query);
  const query = sessionQuery(filter, today);
  const [counted, years] = await Promise.all([
    countTabs(deps, exchange, filter, today),
    yearChoices(deps, exchange, today),
  ]);
  const { total, tabs } = counted;
  const page = paginate(total, exchange.query['page'], paths.trainingSessions(), { ...filter });
  const found = await deps.trainingSessions.find(scope, query, {
    sort: { startsOn: -1, number: -1 },
    page: page.slice,
  });
  const own = scope.kind === 'centre';
  const names = own
    ? new Map<string, string>()
    : await deps.organisations.namesOf(found.map((one) => one.centreId));
  const pagesNote =
    page.model.pages > 1
      ? exchange.t('shared.pagination.title', { page: page.model.page, pages: page.model.pages })
      : '';
  exchange.page('training/list', exchange.t('training.title') + pagesNote, {
    action: exchange.may('trainingSession.create')
      ? { href: paths.newTrainingSession(), text: exchange.t('training.new') }
      : null,
    past: exchange.may('trainingSession.recordPast') ? paths.newPastSession() : null,
    path: paths.trainingSessions(),
    tabs,
    filter,
    filterChoices: {
      kinds: trainingKinds.map((kind) => ({ value: kind, text: exchange.t(`training.kind.${kind}`) })),
      areas: deps.reference.areas.map((area) => ({ value: area.code, text: area[exchange.lang] })),
      years,
    },
    applied: appliedFilters(deps, exchange, filter),
    narrowed: Object.values(filter).some((value) => value !== ''),
    columns: ['number', 'name', ...(own ? [] : ['centre']), 'occupation', 'dates', 'enrolled', 'status'].map(
      (key) => ({ label: exchange.t(`training.column.${key}`), numeric: key === 'enrolled' }),
    ),
    rows: found.map((one) => ({
      cells: [
        { text: one.number, href: paths.trainingSession(one.id) },
        one.name,
        ...(own ? [] : [names.get(one.centreId) ?? '']),
        {
          text:
            one.occupationCode === null
              ? (one.project ?? exchange.t(`training.kind.${one.kind}`))
              : occupationName(deps.reference, exchange.lang, one.occupationCode),
          note: one.skillLevel === null ? '' : levelName(exchange.lang, one.skillLevel),
        },
        `${one.startsOn} – ${one.endsOn}`,
        `${one.enrolled} / ${one.capacity}`,
        { text: '', tag: one.status },
      ],
    })),
    page: page.model,
    emptyText: exchange.may('trainingSession.create')
      ? exchange.t('training.emptyText')
      : exchange.t('training.emptyOther'),
  });
}

/** From next year back to the first session on record. */
async function yearChoices(deps: Deps, { actor }: Exchange, today: string) {
  const [first] = await deps.trainingSessions.find(
    actor.scope,
    {},
    { sort: { startsOn: 1, number: 1 }, page: { skip: 0, limit: 1 } },
  );
  const last = yearOf(today) + 1;
  const earliest = first === undefined ? yearOf(today) : Math.min(yearOf(first.startsOn), yearOf(today));
  return Array.from({ length: last - earliest + 1 }, (_, index) => String(last - index)).map((year) => ({
    value: year,
    text: year,
  }));
}

/** The tabs with a count each, and how many the list itself has; all counted in one round trip. */
async function countTabs(deps: Deps, exchange: Exchange, filter: SessionFilter, today: string) {
  const rest = { ...filter, due: '' as const };
  const states = ['', ...sessionStatuses] as const;
  const queries = [filter, ...states.map((state) => ({ ...rest, state }))].map((one) =>
    sessionQuery(one, today),
  );
  const [total = 0, ...counts] = await deps.trainingSessions.countEach(exchange.actor.scope, queries);
  const tabs = states
    .map((state, index) => ({ state, count: counts[index]! }))
    .filter(({ state, count }) => count > 0 || state === '' || state === filter.state)
    .map(({ state, count }) => ({
      href: sessionsAt({ ...rest, state }),
      text: state === '' ? exchange.t('training.all') : exchange.t(statusOf(state).wordKey),
      count,
      current: state === filter.state && filter.due === '',
    }));
  return { total, tabs };
}

function appliedFilters(deps: Deps, exchange: Exchange, filter: SessionFilter) {
  const values: readonly [keyof SessionFilter, string, string][] = [
    ['text', 'training.filter.text', filter.text],
    ['year', 'training.filter.year', filter.year],
    ['kind', 'training.filter.kind', filter.kind && exchange.t(`training.kind.${filter.kind}`)],
    ['area', 'training.filter.area', filter.area && areaName(deps.reference, exchange.lang, filter.area)],
    ['due', 'training.due', filter.due && exchange.t(`training.due.${filter.due}`)],
  ];
  return values
    .filter(([, , value]) => value !== '')
    .map(([key, label, value]) => ({
      text: exchange.t('training.applied', { label: exchange.t(label), value }),
      removeHref: withQuery(paths.trainingSessions(), { ...filter, [key]: '' }),
    }));
}
