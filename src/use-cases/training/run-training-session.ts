// The centre runs a session: it starts, completes, is assessed and closed, or is cancelled.
import type { Deps } from '../../deps.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { keepsNoLessons } from '../../domain/training/lesson-rules.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { advanceSession, type AdvanceDeps, type SessionMove } from './advance-session.ts';
import { cancelPlannedLessons } from './cancel-planned-lessons.ts';

/**
 * The session in progress. Throws RuleBroken training.notYet before its first day, training.nobodyEnrolled, and
 * training.noLessons unless its kind keeps none.
 */
export async function startTrainingSession(
  deps: AdvanceDeps & Pick<Deps, 'lessons'>,
  command: SessionMove,
): Promise<TrainingSession> {
  return advanceSession(deps, command, 'in_progress', 'trainingSession.started', async (session, now) => {
    if (dayOf(now) < session.startsOn) throw new RuleBroken('training.notYet', { day: session.startsOn });
    if (session.recordedFromPaper) return session;
    if (session.enrolled === 0) throw new RuleBroken('training.nobodyEnrolled');
    if (keepsNoLessons(session)) return session;
    const lessons = await deps.lessons.count(command.actor.scope, {
      sessionId: session.id,
      status: { $ne: 'cancelled' },
    });
    if (lessons === 0) throw new RuleBroken('training.noLessons');
    return session;
  });
}

/** The completed session after its assessment (考核完成). */
export async function assessTrainingSession(
  deps: AdvanceDeps,
  command: SessionMove,
): Promise<TrainingSession> {
  return advanceSession(deps, command, 'assessed', 'trainingSession.assessed', (session) => session);
}

/** The assessed session with nothing left to do; its attendance and roster change no more. */
export async function closeTrainingSession(
  deps: AdvanceDeps,
  command: SessionMove,
): Promise<TrainingSession> {
  return advanceSession(deps, command, 'closed', 'trainingSession.closed', (session) => session);
}

/** The session called off with a reason; planned lessons are cancelled, held ones stay on record. Throws InvalidInput for a short reason. */
export async function cancelTrainingSession(
  deps: AdvanceDeps & Pick<Deps, 'lessons' | 'guards'>,
  command: SessionMove & { reason: string },
): Promise<TrainingSession> {
  const reason = requireReason(command.reason);
  return advanceSession(
    deps,
    { ...command, reason },
    'cancelled',
    'trainingSession.cancelled',
    async (session, now) => {
      await cancelPlannedLessons(deps, { ...command, reason }, now);
      return session;
    },
    () => deps.guards.take(`lessons:${command.sessionId}`),
  );
}
