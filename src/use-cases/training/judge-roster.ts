// Judges roster rows against themselves, the register of persons, the session and other training, in a handful of queries.
import type { Deps } from '../../deps.ts';
import type { Scope } from '../../domain/accounts/scope.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { checkRows } from '../../domain/training/roster-check.ts';
import type { CheckedRow } from '../../domain/training/roster-import.ts';
import { readRosterRow, type RosterRow } from '../../domain/training/roster-row.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { matchPeople } from '../people/register-people.ts';

export type JudgeDeps = Pick<Deps, 'people' | 'unscoped' | 'enrolments' | 'lessons' | 'reference' | 'now'>;

/** One checked row per row, in order (C01, C02, C03, C08). */
export async function judgeRoster(
  deps: JudgeDeps,
  command: { scope: Scope; session: TrainingSession; rows: readonly RosterRow[] },
): Promise<CheckedRow[]> {
  const { session } = command;
  const limit = (key: Parameters<typeof settingOn>[1]) => settingOn(deps.reference, key, session.startsOn);
  const context = {
    today: dayOf(deps.now()),
    startsOn: session.startsOn,
    minimumAge: limit('minimumAge'),
    retirementAge: { male: limit('retirementAgeMale'), female: limit('retirementAgeFemale') },
    fromPaper: session.recordedFromPaper,
  };
  const read = command.rows.map((row) => readRosterRow(row, context));
  const readable = read.flatMap((row) => (row.facts === null ? [] : [row.facts]));
  const answers = await matchPeople(deps, readable);
  let next = 0;
  const verdicts = read.map((row) => (row.facts === null ? null : answers[next++]!));
  const personIds = answers.flatMap((verdict) => verdict.personId ?? []);
  return checkRows(read, {
    verdicts,
    present: await presentIn(deps, command.scope, session.id, personIds),
    overlapping: await deps.unscoped.personEngagements.overlapping(personIds, session),
    clashes: await clashesOf(deps, command.scope, session.id, personIds),
  });
}

async function presentIn(
  deps: JudgeDeps,
  scope: Scope,
  sessionId: string,
  personIds: readonly string[],
): Promise<Map<string, 'enrolled' | 'withdrawn'>> {
  if (personIds.length === 0) return new Map();
  const found = await deps.enrolments.find(scope, {
    sessionId,
    personId: { $in: [...personIds] },
    status: { $ne: 'undone' },
  });
  return new Map(found.map((one) => [one.personId, one.status === 'withdrawn' ? 'withdrawn' : 'enrolled']));
}

/** Persons who sit in a lesson elsewhere at the time of a lesson here, each with the case reference to name. */
async function clashesOf(
  deps: JudgeDeps,
  scope: Scope,
  sessionId: string,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (personIds.length === 0) return found;
  const lessons = await deps.lessons.ofSession(scope, sessionId);
  const slots = lessons.filter((lesson) => lesson.status !== 'cancelled');
  const busy = await deps.unscoped.lessonOverlaps.busyPersons(personIds, sessionId, slots);
  for (const id of busy)
    found.set(id, await deps.unscoped.lessonOverlaps.refer([id], sessionId, slots, deps.now()));
  return found;
}
