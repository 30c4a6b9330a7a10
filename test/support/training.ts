// Sessions that run, with people enrolled and lessons planned, made by the product's own use-cases.
import type { Deps } from '../../src/deps.ts';
import type { Actor } from '../../src/domain/accounts/actor.ts';
import { addDays } from '../../src/domain/shared/calendar-day.ts';
import type { Enrolment } from '../../src/domain/training/enrolment.ts';
import type { Lesson, LessonFacts } from '../../src/domain/training/lesson.ts';
import type { TrainingSession } from '../../src/domain/training/training-session.ts';
import { enrolTrainee } from '../../src/use-cases/training/enrol-trainee.ts';
import {
  approveTrainingSession,
  submitTrainingSession,
} from '../../src/use-cases/training/move-training-session.ts';
import { planLessons } from '../../src/use-cases/training/plan-lessons.ts';
import { startTrainingSession } from '../../src/use-cases/training/run-training-session.ts';
import { anActor } from './builders.ts';
import { aRow, aSession } from './rosters.ts';
import type { World } from './world.ts';

type Person = Actor & { userName: string };

export interface RunningSession {
  readonly session: TrainingSession;
  readonly staff: Person;
  readonly officer: Person;
  readonly centreId: string;
  readonly enrolments: readonly Enrolment[];
  readonly lessons: readonly Lesson[];
}

/** A lesson of 4 class hours of practice, 09:00 to 12:00 on the day. */
export function aLesson(day: string, facts: Partial<LessonFacts> = {}): LessonFacts {
  return {
    day,
    startsAt: '09:00',
    endsAt: '12:00',
    kind: 'practice',
    teacher: '王老师',
    venue: '302 教室',
    ...facts,
  };
}

/** As many lessons of 4 class hours on consecutive days; every third one is theory. */
export function aPlan(from: string, count: number, facts: Partial<LessonFacts> = {}): LessonFacts[] {
  return Array.from({ length: count }, (_, index) =>
    aLesson(addDays(from, index), { kind: index % 3 === 2 ? 'theory' : 'practice', ...facts }),
  );
}

/** An approved session of 2021-05-06 to 2021-06-10 with people and lessons; the clock stands at 2021-04-20. */
export async function anApprovedSession(
  world: World,
  given: {
    people?: number;
    lessons?: readonly LessonFacts[];
    facts?: Partial<TrainingSession>;
    by?: { actor: Actor; centreId: string };
  } = {},
): Promise<RunningSession> {
  const { deps } = world;
  world.at('2021-04-20');
  const { session: draft, staff, centreId } = await aSession(deps, given.facts, given.by);
  const officer = await anActor(deps, 'bureauOfficer');
  const enrolments: Enrolment[] = [];
  for (let index = 0; index < (given.people ?? 3); index += 1)
    enrolments.push(await enrol(deps, staff, draft.id));
  const plan = given.lessons ?? aPlan(draft.startsOn, 15);
  const lessons =
    plan.length === 0 ? [] : await planLessons(deps, { actor: staff, sessionId: draft.id, lessons: plan });
  await submitTrainingSession(deps, { actor: staff, sessionId: draft.id });
  const session = await approveTrainingSession(deps, { actor: officer, sessionId: draft.id });
  return { session, staff, officer, centreId, enrolments, lessons };
}

/** The same, started on its first day: the clock stands there at noon. */
export async function aRunningSession(
  world: World,
  given: Parameters<typeof anApprovedSession>[1] = {},
): Promise<RunningSession> {
  const approved = await anApprovedSession(world, given);
  world.at(approved.session.startsOn);
  const session = await startTrainingSession(world.deps, {
    actor: approved.staff,
    sessionId: approved.session.id,
  });
  return { ...approved, session };
}

/** One more trainee; the same document number enrols the same person elsewhere. */
export async function enrol(
  deps: Deps,
  staff: Actor,
  sessionId: string,
  cells: Parameters<typeof aRow>[1] = {},
  reason = '',
): Promise<Enrolment> {
  return enrolTrainee(deps, { actor: staff, sessionId, cells: aRow(2, cells).cells, reason });
}

/** The error a promise was refused with; throws when it was not. */
export async function refusalOf(
  work: Promise<unknown>,
): Promise<Error & { code: string; details: Record<string, unknown> }> {
  try {
    await work;
  } catch (error) {
    return error as Error & { code: string; details: Record<string, unknown> };
  }
  throw new Error('It was not refused');
}

export const everybody = (
  enrolments: readonly Enrolment[],
  status: 'present' | 'late' | 'leftEarly' | 'leave' | 'absent' = 'present',
) => enrolments.map((enrolment) => ({ enrolmentId: enrolment.id, status }));
