// The roster of a session: who is in it, by state, and the sheet to sign.
import type { Deps } from '../../deps.ts';
import { documentTypes } from '../../domain/people/document-type.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { termOf } from '../../domain/shared/term.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { lastJoiningDay, requireOpenForEnrolment } from '../../domain/training/enrol-rules.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paginate } from '../kernel/paging.ts';
import { paths, withQuery } from '../paths.ts';

const states = ['enrolled', 'completed', 'incomplete', 'absent', 'withdrawn'] as const;

export async function showRoster(deps: Deps, exchange: Exchange): Promise<void> {
  const { scope } = exchange.actor;
  const session = await deps.trainingSessions.get(scope, exchange.params.id!);
  const all = await deps.enrolments.ofSession(scope, session.id);
  const state = states.find((one) => one === exchange.query.state) ?? null;
  const chosen = state === null ? all : all.filter((one) => one.status === state);
  const base = paths.roster(session.id);
  const page = paginate(chosen.length, exchange.query.page, base, state === null ? {} : { state });
  const shown = chosen.slice(page.slice.skip, page.slice.skip + page.slice.limit);
  exchange.page(
    'rosters/roster',
    exchange.t('rosters.rosterOf', { session: session.name }),
    {
      lead: exchange.t('rosters.rosterCount', { enrolled: session.enrolled, capacity: session.capacity }),
      open: exchange.may('roster.import') ? joining(deps, exchange, session) : null,
      tabs: presentTabs(exchange, all, state, base),
      caption: exchange.t('rosters.rosterOf', { session: session.name }),
      ...(await presentEnrolments(deps, exchange, shown, page.slice.skip)),
      pagination: chosen.length > shown.length ? page.model : null,
      hasRows: all.length > 0,
      files: all.length > 0 ? fileLinks(session.id) : null,
      numbers: exchange.may('roster.exportNumbers') ? paths.newRosterNumbers(session.id) : null,
    },
    { breadcrumb: sessionTrail(exchange, session) },
  );
}

/** The printed roster: everybody in the session, with a column to sign. */
export async function showRosterSheet(deps: Deps, exchange: Exchange): Promise<void> {
  const { scope } = exchange.actor;
  const session = await deps.trainingSessions.get(scope, exchange.params.id!);
  const live = await deps.enrolments.ofSession(scope, session.id, { live: true });
  const identities = await deps.people.maskedOf(
    scope,
    live.map((one) => one.personId),
  );
  exchange.page('rosters/sheet', exchange.t('rosters.rosterOf', { session: session.name }), {
    session: session.name,
    number: session.number,
    from: session.startsOn,
    until: session.endsOn,
    venue: session.venue,
    rows: live.map((one, index) => ({
      index: index + 1,
      name: one.name,
      document: identities.get(one.personId)?.number ?? '',
      employer: one.employer ?? '',
    })),
  });
}

/** From the list of sessions to this one, for pages below it. */
export function sessionTrail(exchange: Exchange, session: TrainingSession): { href: string; text: string }[] {
  return [
    { href: '/training-sessions', text: exchange.t('navigation.trainingSessions') },
    { href: `/training-sessions/${session.id}`, text: session.name },
  ];
}

/** The state tabs with their counts; all of them add up to the first. */
function presentTabs(exchange: Exchange, all: readonly Enrolment[], state: string | null, base: string) {
  const tab = (key: string | null, text: string, count: number) => ({
    href: withQuery(base, { state: key }),
    text,
    count,
    current: state === key,
  });
  const counted = states
    .map((key) => ({ key, count: all.filter((one) => one.status === key).length }))
    .filter(({ key, count }) => count > 0 || key === state);
  return [
    tab(null, exchange.t('rosters.all'), all.length),
    ...counted.map(({ key, count }) => tab(key, exchange.t(`rosters.status.${key}`), count)),
  ];
}

/** Columns and rows of enrolments for the table partial, numbered from `skip` + 1. */
export async function presentEnrolments(
  deps: Deps,
  exchange: Exchange,
  shown: readonly Enrolment[],
  skip: number,
) {
  const { scope } = exchange.actor;
  const identities = await deps.people.maskedOf(
    scope,
    shown.map((one) => one.personId),
  );
  const columns = [
    { label: exchange.t('people.name') },
    { label: exchange.t('rosters.number'), numeric: true },
    { label: exchange.t('rosters.learnerNumber') },
    { label: exchange.t('rosters.document') },
    { label: exchange.t('rosters.state') },
    { label: exchange.t('rosters.hours'), numeric: true },
    { label: exchange.t('rosters.joinedOn') },
  ];
  const rows = shown.map((one, index) => {
    const identity = identities.get(one.personId);
    const type = termOf(documentTypes, identity?.documentType ?? null);
    const isCard = type === null || type.code === 'resident_identity_card';
    return {
      cells: [
        exchange.may('enrolment.view') ? { text: one.name, href: paths.enrolment(one.id) } : one.name,
        skip + index + 1,
        identity?.learnerNumber ?? '',
        { text: identity?.number ?? '', note: isCard ? '' : type[exchange.lang] },
        { tag: one.status },
        one.hours.theory + one.hours.practice + one.hours.online,
        one.joinedOn,
      ],
    };
  });
  return { columns, rows };
}

/** Where people are added, with the last day for it; null when the roster is closed. */
function joining(deps: Deps, exchange: Exchange, session: TrainingSession) {
  const lateDays = settingOn(deps.reference, 'lateEnrolmentDays', session.startsOn);
  try {
    requireOpenForEnrolment(session, dayOf(exchange.now), lateDays);
  } catch {
    return null;
  }
  return {
    upload: paths.newRoster(session.id),
    addOne: paths.newEnrolment(session.id),
    until: lastJoiningDay(session, lateDays),
  };
}

function fileLinks(sessionId: string) {
  return {
    xlsx: withQuery(paths.rosterFile(sessionId), { format: 'xlsx' }),
    csv: withQuery(paths.rosterFile(sessionId), { format: 'csv' }),
    print: paths.rosterPrint(sessionId),
  };
}
