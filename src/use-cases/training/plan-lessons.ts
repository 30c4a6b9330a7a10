// Plans lessons of a session: one, one every week, or a whole plan, all in one transaction or none.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { readClassHours, requirePlannable } from '../../domain/training/lesson-rules.ts';
import type { Lesson, LessonFacts } from '../../domain/training/lesson.ts';
import { guardLessonDays, requirePlaces, withCaseReference, type PlaceDeps } from './place-lessons.ts';

export type PlanDeps = PlaceDeps & Pick<Deps, 'trainingSessions' | 'newId'>;

/**
 * The planned lessons, in the order given. Throws what requirePlaces throws, RuleBroken lessons.notPlannable, and InvalidInput
 * for times and hours that do not fit. `reason` accepts days longer than the limit (C15).
 */
export async function planLessons(
  deps: PlanDeps,
  command: {
    actor: Actor;
    sessionId: string;
    lessons: readonly LessonFacts[];
    reason?: string | null | undefined;
  },
): Promise<Lesson[]> {
  const { actor, sessionId } = command;
  if (command.lessons.length === 0) throw new InvalidInput([{ field: '', code: 'lessons.nothingToPlan' }]);
  return withCaseReference(deps, command, () =>
    deps.transaction(async () => {
      await guardLessonDays(
        deps,
        sessionId,
        command.lessons.map((one) => one.day),
      );
      const session = await deps.trainingSessions.get(actor.scope, sessionId);
      requirePlannable(session);
      const now = deps.now();
      const fresh = command.lessons.map((facts): Lesson => ({
        id: deps.newId(),
        version: 0,
        sessionId,
        centreId: session.centreId,
        areaCode: session.areaCode,
        day: facts.day,
        startsAt: facts.startsAt,
        endsAt: facts.endsAt,
        classHours: readClassHours(facts),
        kind: facts.kind,
        topic: facts.topic ?? null,
        teacher: facts.teacher,
        venue: facts.venue,
        status: 'planned',
        statusChanges: [{ to: 'planned', at: now, by: actor.accountId }],
        acceptedWarnings: [],
        createdBy: actor.accountId,
        createdAt: now,
        changedAt: now,
      }));
      const tooLong = await requirePlaces(deps, { actor, session, lessons: fresh, reason: command.reason });
      const lessons = fresh.map((lesson) => acceptLongDay(lesson, tooLong, command.reason));
      await deps.lessons.addMany(lessons);
      await deps.events.record({
        what: 'lesson.planned',
        who: actor,
        about: { kind: 'trainingSession', id: sessionId },
        when: now,
        after: {
          count: lessons.length,
          classHours: lessons.reduce((sum, lesson) => sum + lesson.classHours, 0),
          days: [...new Set(lessons.map((lesson) => lesson.day))],
        },
        reason: command.reason ?? undefined,
      });
      return lessons;
    }),
  );
}

/** The lesson with the warning of its overlong day kept beside the reason. */
export function acceptLongDay(
  lesson: Lesson,
  tooLong: ReadonlySet<string>,
  reason: string | null | undefined,
): Lesson {
  if (!tooLong.has(lesson.day)) return lesson;
  return {
    ...lesson,
    acceptedWarnings: [{ code: 'lessons.dayTooLong', reason: (reason ?? '').trim() }],
  };
}
