// Writes accepted roster rows: persons, enrolments and the size of the session, for a whole file or a single trainee.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import type { Scope } from '../../domain/accounts/scope.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { requireRoom } from '../../domain/training/enrol-rules.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import { lessonGuards } from '../../domain/training/lesson-rules.ts';
import { warningCodes, type CheckedRow } from '../../domain/training/roster-import.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { registerPeople } from '../people/register-people.ts';

export type WriteDeps = Pick<
  Deps,
  'people' | 'duplicates' | 'unscoped' | 'serials' | 'enrolments' | 'trainingSessions' | 'now' | 'newId'
>;

/**
 * Takes the guards of a session's roster: its size, and the days of its lessons, so that neither the last place nor a
 * person's hour is given twice. Call it first in the transaction that changes who is in the session.
 */
export async function holdRoster(
  deps: Pick<Deps, 'guards' | 'lessons'>,
  scope: Scope,
  sessionId: string,
): Promise<void> {
  await deps.guards.take(`roster:${sessionId}`);
  const lessons = await deps.lessons.ofSession(scope, sessionId);
  if (lessons.length > 0)
    await deps.guards.take(
      ...lessonGuards(
        sessionId,
        lessons.map((lesson) => lesson.day),
      ),
    );
}

/** Why warnings were let pass: one reason for each code (rosters.retired, rosters.overlappingDates), or one for all. */
export type WarningReasons = Readonly<Record<string, string>> | string;

/** Throws InvalidInput naming each warning code without a reason of at least two characters. */
export function requireReasons(rows: readonly CheckedRow[], reasons: WarningReasons): void {
  const missing = warningCodes(rows).filter((code) => reasonFor(reasons, code).length < 2);
  if (missing.length > 0)
    throw new InvalidInput(
      missing.map((code) => ({ field: `reason:${code}`, code: 'rosters.reasonNeeded' })),
    );
}

/**
 * The enrolments of the rows, written together with their persons and the session's new size. Call it inside the
 * transaction that holds the guard of the session's roster. Throws RuleBroken rosters.overCapacity with figures.
 */
export async function writeEnrolments(
  deps: WriteDeps,
  command: {
    actor: Actor;
    session: TrainingSession;
    rows: readonly CheckedRow[];
    reasons: WarningReasons;
    importId: string | null;
  },
): Promise<Enrolment[]> {
  const { actor, session, rows, reasons } = command;
  requireReasons(rows, reasons);
  requireRoom(session, rows.length);
  const now = deps.now();
  const day = session.recordedFromPaper ? session.startsOn : dayOf(now);
  const registered = await registerPeople(deps, {
    stated: rows.map((row) => row.facts!),
    owner: { centreId: session.centreId, areaCode: session.areaCode },
    day,
    now,
  });
  const enrolments = rows.map((row, index): Enrolment => {
    const facts = row.facts!;
    return {
      id: deps.newId(),
      version: 0,
      sessionId: session.id,
      personId: registered[index]!.personId!,
      centreId: session.centreId,
      name: facts.name,
      nameSortKey: '',
      gender: facts.gender,
      birthDay: facts.birthDay,
      education: facts.education,
      householdRegistration: facts.householdRegistration,
      keyGroups: facts.keyGroups,
      employer: row.employer,
      areaCode: session.areaCode,
      joinedOn: day,
      status: 'enrolled',
      statusChanges: [{ to: 'enrolled', at: now, by: actor.accountId, on: day }],
      withdrawnOn: null,
      withdrawnReason: null,
      importId: command.importId,
      acceptedWarnings: row.warnings.map(({ code }) => ({ code, reason: reasonFor(reasons, code) })),
      hours: { theory: 0, practice: 0, online: 0 },
      createdAt: now,
      changedAt: now,
    };
  });
  await deps.enrolments.addMany(enrolments);
  await deps.trainingSessions.save({
    ...session,
    enrolled: session.enrolled + enrolments.length,
    changedAt: now,
  });
  return enrolments;
}

function reasonFor(reasons: WarningReasons, code: string): string {
  return (typeof reasons === 'string' ? reasons : (reasons[code] ?? '')).trim();
}
