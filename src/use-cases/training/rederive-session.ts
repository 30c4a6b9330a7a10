// Keeps what is derived from lessons true when held ones change: the session's first held day and everybody's hours.
import type { Deps } from '../../deps.ts';
import type { Scope } from '../../domain/accounts/scope.ts';
import type { Attendance } from '../../domain/training/attendance.ts';
import { recountHours } from '../../domain/training/attendance-rates.ts';
import type { Lesson } from '../../domain/training/lesson.ts';
import { firstHeldDay } from '../../domain/training/lesson.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';

/** The session with the day of its first held lesson noted at `at` where it differs from what was noted last. */
export function withFirstHeld(session: TrainingSession, day: string | null, at: Date): TrainingSession {
  const known = session.firstHeld.at(-1)?.day ?? null;
  if (known === day) return session;
  return { ...session, firstHeld: [...session.firstHeld, { day, at }], changedAt: at };
}

/**
 * Recounts first held day and credited hours from all lessons and marks and saves what differs; call it inside the transaction
 * that changed a held lesson. Touching every lesson makes a marking at the same moment wait its turn.
 */
export async function rederiveSession(
  deps: Pick<Deps, 'lessons' | 'attendances' | 'enrolments' | 'trainingSessions'>,
  scope: Scope,
  session: TrainingSession,
  now: Date,
): Promise<void> {
  await deps.lessons.touchAll(session.id);
  const lessons: readonly Lesson[] = await deps.lessons.ofSession(scope, session.id);
  const attendances: readonly Attendance[] = await deps.attendances.ofSession(scope, session.id);
  const derived = withFirstHeld(session, firstHeldDay(lessons), now);
  if (derived !== session) await deps.trainingSessions.save(derived);
  const hours = recountHours(lessons, attendances);
  const none = { theory: 0, practice: 0, online: 0 };
  const changed = (await deps.enrolments.ofSession(scope, session.id)).flatMap((enrolment) => {
    const after = hours.get(enrolment.id) ?? none;
    const before = enrolment.hours;
    const same =
      before.theory === after.theory && before.practice === after.practice && before.online === after.online;
    return same ? [] : [{ id: enrolment.id, hours: after }];
  });
  await deps.enrolments.setHours(changed, now);
}
