// Completion (结业): everything planned was held or cancelled, everybody is marked, and each trainee has a result.
import type { Deps } from '../../deps.ts';
import { requiredHours } from '../../domain/certifications/eligibility.ts';
import { settingOn, type Reference } from '../../domain/reference/reference.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { unmarkedPairs } from '../../domain/training/attendance-rates.ts';
import { moveEnrolment } from '../../domain/training/enrol-rules.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import { keepsNoLessons } from '../../domain/training/lesson-rules.ts';
import { requireDelivered } from '../../domain/training/session-rules.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { advanceSession, type AdvanceDeps, type SessionMove } from './advance-session.ts';

export type EnrolmentResult = 'completed' | 'incomplete' | 'absent';

type CompleteDeps = AdvanceDeps &
  Pick<Deps, 'lessons' | 'attendances' | 'enrolments' | 'guards' | 'reference'>;

/**
 * The completed session; each live enrolment becomes completed, incomplete or absent by its hours. Without lessons (work
 * training, paper) `results` says who did not complete, by enrolment id. Throws RuleBroken training.lessonsOpen,
 * training.nothingHeld, training.unmarked (persons × lessons), training.deliveredShort, training.deliveredPracticeShort (C14).
 */
export async function completeTrainingSession(
  deps: CompleteDeps,
  command: SessionMove & { results?: Readonly<Record<string, EnrolmentResult>> },
): Promise<TrainingSession> {
  const { actor, sessionId } = command;
  return advanceSession(
    deps,
    command,
    'completed',
    'trainingSession.completed',
    async (session, now) => {
      const enrolments = await deps.enrolments.ofSession(actor.scope, sessionId, { live: true });
      if (!keepsNoLessons(session)) await requireTaught(deps, command, session, enrolments);
      const moved = enrolments
        .filter((enrolment) => enrolment.status === 'enrolled')
        .map((enrolment) =>
          moveEnrolment(enrolment, resultOf(session, enrolment, command.results, deps.reference), {
            at: now,
            by: actor.accountId,
            on: command.on,
          }),
        );
      await deps.enrolments.saveMany(moved);
      return session;
    },
    () => deps.guards.take(`lessons:${sessionId}`),
  );
}

async function requireTaught(
  deps: CompleteDeps,
  { actor, sessionId }: SessionMove,
  session: TrainingSession,
  enrolments: readonly Enrolment[],
): Promise<void> {
  const lessons = await deps.lessons.ofSession(actor.scope, sessionId);
  requireDelivered(session, lessons, deps.reference);
  const attendances = await deps.attendances.ofSession(actor.scope, sessionId);
  const count = unmarkedPairs(enrolments, lessons, attendances).length;
  if (count > 0) throw new RuleBroken('training.unmarked', { count });
}

function resultOf(
  session: TrainingSession,
  enrolment: Enrolment,
  results: Readonly<Record<string, EnrolmentResult>> | undefined,
  reference: Reference,
): EnrolmentResult {
  return keepsNoLessons(session)
    ? (results?.[enrolment.id] ?? 'completed')
    : resultByHours(session, enrolment, reference);
}

/** completed with the required class hours (planned × the dated share), absent with none at all, else incomplete. */
export function resultByHours(
  session: Pick<TrainingSession, 'theoryHours' | 'practiceHours' | 'startsOn'>,
  enrolment: Pick<Enrolment, 'hours'>,
  reference: Reference,
): EnrolmentResult {
  const { theory, practice, online } = enrolment.hours;
  const credited = theory + practice + online;
  if (credited === 0) return 'absent';
  const share = settingOn(reference, 'requiredHoursShare', session.startsOn);
  return credited >= requiredHours(session.theoryHours + session.practiceHours, share)
    ? 'completed'
    : 'incomplete';
}
