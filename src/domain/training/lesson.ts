// A lesson (课程) is one dated meeting of a training session; class hours are of 45 minutes.
import { RuleBroken } from '../shared/errors.ts';
import type { Lifecycle, StatusChange, Versioned } from '../shared/record.ts';

export const lessonKinds = ['theory', 'practice', 'online'] as const;
export type LessonKind = (typeof lessonKinds)[number];

export const lessonStatuses = ['planned', 'held', 'cancelled'] as const;
export type LessonStatus = (typeof lessonStatuses)[number];

/** Marking attendance holds a lesson; reopening one that was marked by mistake makes it planned again. */
export const lessonLifecycle: Lifecycle<LessonStatus> = {
  planned: ['held', 'cancelled'],
  held: ['planned'],
  cancelled: [],
};

/** What is typed of a lesson: a day, times HH:MM, and class hours (derived from the times unless fewer are taught). */
export interface LessonFacts {
  readonly day: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly classHours?: number | null | undefined;
  readonly kind: LessonKind;
  readonly topic?: string | null | undefined;
  readonly teacher: string;
  readonly venue: string;
}

export interface Lesson extends Versioned {
  readonly sessionId: string;
  readonly centreId: string;
  readonly areaCode: string | null;
  readonly day: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly classHours: number;
  readonly kind: LessonKind;
  readonly topic: string | null;
  readonly teacher: string;
  readonly venue: string;
  readonly status: LessonStatus;
  readonly statusChanges: readonly StatusChange<LessonStatus>[];
  /** Warnings that were accepted with a reason: a day longer than the limit (C15). */
  readonly acceptedWarnings: readonly { readonly code: string; readonly reason: string }[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** The lesson in its next status; throws RuleBroken lessons.cannotMove. */
export function moveLesson(
  lesson: Lesson,
  to: LessonStatus,
  change: { at: Date; by: string; reason?: string | undefined },
): Lesson {
  if (!lessonLifecycle[lesson.status].includes(to)) throw new RuleBroken('lessons.cannotMove');
  return {
    ...lesson,
    status: to,
    statusChanges: [...lesson.statusChanges, { to, ...change }],
    changedAt: change.at,
  };
}

/** Class hours by kind of the lessons that were not cancelled, and of those held. */
export function sumLessons(lessons: readonly Pick<Lesson, 'status' | 'kind' | 'classHours'>[]) {
  const sum = {
    planned: 0,
    held: 0,
    theory: 0,
    practice: 0,
    online: 0,
    heldPractice: 0,
    lessons: 0,
    heldLessons: 0,
  };
  for (const lesson of lessons) {
    if (lesson.status === 'cancelled') continue;
    sum.planned += lesson.classHours;
    sum[lesson.kind] += lesson.classHours;
    sum.lessons += 1;
    if (lesson.status !== 'held') continue;
    sum.held += lesson.classHours;
    sum.heldLessons += 1;
    if (lesson.kind === 'practice') sum.heldPractice += lesson.classHours;
  }
  return sum;
}

/** The day of the first held lesson, or null; `firstHeld` of the session is this through time. */
export function firstHeldDay(lessons: readonly Pick<Lesson, 'status' | 'day'>[]): string | null {
  let first: string | null = null;
  for (const lesson of lessons)
    if (lesson.status === 'held' && (first === null || lesson.day < first)) first = lesson.day;
  return first;
}
