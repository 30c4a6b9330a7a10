// Checks that lessons can take place where and when they are put: one look at the centre's calendar, one over all centres.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { InvalidInput, RuleBroken } from '../../domain/shared/errors.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import {
  lessonGuards,
  overlongDays,
  requireFree,
  requireInside,
} from '../../domain/training/lesson-rules.ts';
import type { Lesson } from '../../domain/training/lesson.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';

export type PlaceDeps = Pick<
  Deps,
  'lessons' | 'enrolments' | 'unscoped' | 'guards' | 'transaction' | 'reference' | 'now' | 'events'
>;

/** Persons of the roster who sit elsewhere then; carried out of the transaction that it ends, to be given a case reference. */
export class PersonsBusy extends RuleBroken {
  readonly personIds: readonly string[];
  readonly lessons: readonly Lesson[];

  constructor(persons: readonly Enrolment[], lessons: readonly Lesson[]) {
    super('lessons.personsBusy', { names: persons.map((one) => one.name) });
    this.personIds = persons.map((one) => one.personId);
    this.lessons = lessons;
  }
}

/** Takes the guards of the days: of two plans at once that touch the same day, one sees the other's lessons. */
export async function guardLessonDays(
  deps: Pick<Deps, 'guards'>,
  sessionId: string,
  days: readonly string[],
): Promise<void> {
  await deps.guards.take(...lessonGuards(sessionId, days));
}

/**
 * The warnings accepted with the reason, by day. Throws RuleBroken lessons.outsideSession, lessons.sessionBusy,
 * lessons.teacherBusy, lessons.venueTaken, PersonsBusy (C03), and InvalidInput lessons.dayTooLong unless a reason is given
 * for days of more class hours than the limit (C15).
 */
export async function requirePlaces(
  deps: PlaceDeps,
  command: {
    actor: Actor;
    session: TrainingSession;
    lessons: readonly Lesson[];
    reason?: string | null | undefined;
  },
): Promise<ReadonlySet<string>> {
  const { actor, session, lessons } = command;
  if (lessons.length === 0) return new Set();
  for (const lesson of lessons) requireInside(lesson.day, session);
  const moving = new Set(lessons.map((lesson) => lesson.id));
  const days = lessons.map((lesson) => lesson.day);
  const others = (await deps.lessons.ofCentreOn(actor.scope, session.centreId, days)).filter(
    (other) => !moving.has(other.id),
  );
  lessons.forEach((lesson, index) => requireFree(lesson, [...others, ...lessons.slice(0, index)]));
  await requirePersonsFree(deps, actor, session, lessons);
  const own = others.filter((other) => other.sessionId === session.id);
  const limit = settingOn(deps.reference, 'dailyLessonHours', days[0]!);
  const tooLong = overlongDays([...own, ...lessons], limit);
  if (tooLong.length > 0 && (command.reason ?? '').trim().length < 2)
    throw new InvalidInput([
      {
        field: 'reason',
        code: 'lessons.dayTooLong',
        details: { day: tooLong[0]!, limit, count: tooLong.length },
      },
    ]);
  return new Set(tooLong);
}

async function requirePersonsFree(
  deps: PlaceDeps,
  actor: Actor,
  session: TrainingSession,
  lessons: readonly Lesson[],
): Promise<void> {
  if (session.enrolled === 0) return;
  const roster = await deps.enrolments.ofSession(actor.scope, session.id, { live: true });
  const busy = await deps.unscoped.lessonOverlaps.busyPersons(
    roster.map((one) => one.personId),
    session.id,
    lessons,
  );
  if (busy.size > 0)
    throw new PersonsBusy(
      roster.filter((one) => busy.has(one.personId)),
      lessons,
    );
}

/** Runs work; persons who are busy elsewhere come back as RuleBroken lessons.personsBusy with names and a case reference. */
export async function withCaseReference<T>(
  deps: PlaceDeps,
  command: { actor: Actor; sessionId: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PersonsBusy)) throw error;
    const reference = await deps.transaction(async () => {
      const now = deps.now();
      const found = await deps.unscoped.lessonOverlaps.refer(
        error.personIds,
        command.sessionId,
        error.lessons,
        now,
      );
      await deps.events.record({
        what: 'lesson.personsBusy',
        who: command.actor,
        about: { kind: 'trainingSession', id: command.sessionId },
        when: now,
        after: { reference: found, persons: error.personIds.length },
      });
      return found;
    });
    throw new RuleBroken('lessons.personsBusy', { ...error.details, reference }, { cause: error });
  }
}
