// What was done to a session: its own steps, and what was corrected of its lessons and taken back of its rosters.
import type { Deps } from '../../deps.ts';
import { sensitiveEdits } from '../../domain/trail/sensitive-edits.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { loadHistory, type History } from '../trail/load-history.ts';
import type { SessionRecords } from './load-session.ts';

/** The history for the page at an address; planning and daily marks of lessons stand on the pages of lessons. */
export async function sessionHistory(
  deps: Deps,
  exchange: Exchange,
  at: string,
  { session, lessons }: Pick<SessionRecords, 'session' | 'lessons'>,
): Promise<History> {
  const imports = await deps.rosterImports.ofSession(exchange.actor.scope, session.id, 50);
  const acts = sensitiveEdits;
  return loadHistory(
    deps,
    exchange,
    at,
    [
      { kind: 'trainingSession', ids: [session.id] },
      { kind: 'lesson', ids: lessons.map((one) => one.id), acts },
      { kind: 'rosterImport', ids: imports.map((one) => one.id), acts },
    ],
    new Map(lessons.map((one) => [one.id, `${formatDay(exchange.lang, one.day)} ${one.startsAt}`])),
  );
}
