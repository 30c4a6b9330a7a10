// When a session ends without being taught, its planned lessons free their teachers, rooms and trainees.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { moveLesson } from '../../domain/training/lesson.ts';

/** Cancels all planned lessons of the session, inside the caller's transaction; the session's own event tells of it. */
export async function cancelPlannedLessons(
  deps: Pick<Deps, 'lessons'>,
  command: { actor: Actor; sessionId: string; reason?: string | undefined },
  now: Date,
): Promise<number> {
  const lessons = await deps.lessons.ofSession(command.actor.scope, command.sessionId);
  const cancelled = lessons
    .filter((lesson) => lesson.status === 'planned')
    .map((lesson) =>
      moveLesson(lesson, 'cancelled', { at: now, by: command.actor.accountId, reason: command.reason }),
    );
  await deps.lessons.saveMany(cancelled);
  return cancelled.length;
}
