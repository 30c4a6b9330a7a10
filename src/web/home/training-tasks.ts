// What training sessions and filings put on the home page.
import { dayOf } from '../../domain/shared/calendar-day.ts';
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { countFilings, filingKinds, filingsOf } from '../filings/list-filings.ts';
import { sessionQuery, sessionsAt, type SessionFilter } from '../training/session-filter.ts';
import type { HomeTaskSource } from './home-tasks.ts';

const countSessions =
  (filter: Partial<SessionFilter>) =>
  (deps: Deps, actor: Actor): Promise<number> =>
    deps.trainingSessions.count(actor.scope, sessionQuery(filter, dayOf(deps.now())));

function sessionTask(
  key: string,
  filter: Partial<SessionFilter>,
  about: Pick<HomeTaskSource, 'action' | 'isTask'>,
): HomeTaskSource {
  return { key, ...about, href: sessionsAt(filter), count: countSessions(filter) };
}

const ofCentre = { action: 'trainingSession.submit', isTask: true } as const;

export const trainingTasks: readonly HomeTaskSource[] = [
  ...filingKinds.map((kind): HomeTaskSource => ({
    key: `filings.task.${kind}`,
    action: 'filing.list',
    isTask: true,
    href: filingsOf(kind),
    count: (deps, actor) => countFilings(deps, actor, kind),
  })),
  sessionTask('home.sessionsReturned', { state: 'returned' }, ofCentre),
  sessionTask('home.sessionsToStart', { due: 'start' }, ofCentre),
  sessionTask('home.sessionsToComplete', { due: 'completion' }, ofCentre),
  sessionTask(
    'home.sessionsRunning',
    { state: 'in_progress' },
    { action: 'trainingSession.list', isTask: false },
  ),
  sessionTask('home.sessions', {}, { action: 'trainingSession.list', isTask: false }),
];
