// Enrols one trainee typed into a form, by the same checks and the same write as a roster.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { requireOpenForEnrolment } from '../../domain/training/enrol-rules.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import { isGood, type CheckedRow } from '../../domain/training/roster-import.ts';
import type { RosterRow } from '../../domain/training/roster-row.ts';
import { judgeRoster, type JudgeDeps } from './judge-roster.ts';
import { holdRoster, writeEnrolments, type WarningReasons, type WriteDeps } from './write-enrolments.ts';

type EnrolDeps = JudgeDeps & WriteDeps & Pick<Deps, 'events' | 'guards' | 'transaction' | 'reference'>;

/**
 * The enrolment. Throws InvalidInput naming the field of each problem or unanswered warning, RuleBroken
 * rosters.overCapacity, rosters.sessionClosed, rosters.tooLate.
 */
export async function enrolTrainee(
  deps: EnrolDeps,
  command: { actor: Actor; sessionId: string; cells: RosterRow['cells']; reasons?: WarningReasons },
): Promise<Enrolment> {
  const { actor, sessionId } = command;
  return deps.transaction(async () => {
    await holdRoster(deps, actor.scope, sessionId);
    const session = await deps.trainingSessions.get(actor.scope, sessionId);
    const lateDays = settingOn(deps.reference, 'lateEnrolmentDays', session.startsOn);
    requireOpenForEnrolment(session, dayOf(deps.now()), lateDays);
    const rows = await judgeRoster(deps, {
      scope: actor.scope,
      session,
      rows: [{ number: 1, cells: command.cells }],
    });
    requireGood(rows[0]!);
    const [enrolment] = await writeEnrolments(deps, {
      actor,
      session,
      rows,
      reasons: command.reasons ?? {},
      importId: null,
    });
    await deps.events.record({
      what: 'enrolment.added',
      who: actor,
      about: { kind: 'enrolment', id: enrolment!.id },
      when: deps.now(),
      before: { enrolled: session.enrolled },
      after: { sessionId, enrolled: session.enrolled + 1 },
    });
    return enrolment!;
  });
}

function requireGood(row: CheckedRow): void {
  if (isGood(row)) return;
  throw new InvalidInput(
    row.problems.map(({ code, column, details }) => ({ field: column ?? '', code, details })),
  );
}
