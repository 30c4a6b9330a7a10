// Enrols one trainee typed into a form, by the same checks and the same write as a roster.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { InvalidInput, type FieldProblem } from '../../domain/shared/errors.ts';
import { requireOpenForEnrolment } from '../../domain/training/enrol-rules.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import type { CheckedRow } from '../../domain/training/roster-import.ts';
import type { RosterRow } from '../../domain/training/roster-row.ts';
import { judgeRoster, type JudgeDeps } from './judge-roster.ts';
import { holdRoster, writeEnrolments, type WriteDeps } from './write-enrolments.ts';

type EnrolDeps = JudgeDeps & WriteDeps & Pick<Deps, 'events' | 'guards' | 'transaction' | 'reference'>;

/**
 * The enrolment. Throws InvalidInput naming the field of each problem or unanswered warning, RuleBroken
 * rosters.overCapacity, rosters.sessionClosed, rosters.tooLate.
 */
export async function enrolTrainee(
  deps: EnrolDeps,
  command: { actor: Actor; sessionId: string; cells: RosterRow['cells']; reason?: string },
): Promise<Enrolment> {
  const { actor, sessionId, reason = '' } = command;
  // A refusal still commits: the case of an overlap that it names must be on record.
  const outcome = await deps.transaction(async () => {
    await holdRoster(deps, actor.scope, sessionId);
    const session = await deps.trainingSessions.get(actor.scope, sessionId);
    const lateDays = settingOn(deps.reference, 'lateEnrolmentDays', session.startsOn);
    requireOpenForEnrolment(session, dayOf(deps.now()), lateDays);
    const rows = await judgeRoster(deps, {
      scope: actor.scope,
      session,
      rows: [{ number: 1, cells: command.cells }],
    });
    const problems = problemsOf(rows[0]!, reason);
    if (problems.length > 0) return { problems };
    const [enrolment] = await writeEnrolments(deps, {
      actor,
      session,
      rows,
      reasons: reason,
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
    return { enrolment: enrolment! };
  });
  if ('problems' in outcome) throw new InvalidInput(outcome.problems);
  return outcome.enrolment;
}

/** Problems and unanswered warnings as errors of the form's fields. */
function problemsOf(row: CheckedRow, reason: string): FieldProblem[] {
  const problems = row.problems.map(({ code, column, details }) => ({
    field: column ?? '',
    code,
    details: { ...details, label: `rosters.column.${column ?? 'documentNumber'}` },
  }));
  const unanswered = reason.trim().length < 2 ? row.warnings : [];
  const warnings = unanswered.map(({ code, details }) => ({ field: 'reason', code, details }));
  return [...problems, ...warnings];
}
