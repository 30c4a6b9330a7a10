// Three rates of attendance a person: of the lessons held, of all planned, and the best still possible (feature c6).
import { isOnRollOn, type Attendance } from './attendance.ts';
import type { CreditedHours, Enrolment } from './enrolment.ts';
import type { Lesson } from './lesson.ts';

/** Class hours; a lesson before the person joined or after a withdrawal is in none of them. */
export interface AttendanceRates {
  readonly credited: number;
  readonly heldHours: number;
  readonly allHours: number;
  /** Credited and still to come. */
  readonly possible: number;
  /** Shares 0 to 1; null where there is nothing to divide by. */
  readonly held: number | null;
  readonly all: number | null;
  readonly best: number | null;
}

type Joined = Pick<Enrolment, 'id' | 'joinedOn' | 'withdrawnOn' | 'status'>;

/** The rates of each enrolment, by id; an unmarked person in a held lesson has no credit yet. */
export function attendanceRates(
  enrolments: readonly Joined[],
  lessons: readonly Lesson[],
  attendances: readonly Pick<Attendance, 'id' | 'marks'>[],
): Map<string, AttendanceRates> {
  const creditOf = new Map(
    attendances.map((one) => [one.id, new Map(one.marks.map((mark) => [mark.enrolmentId, mark.hours]))]),
  );
  return new Map(
    enrolments.map((enrolment) => {
      const sum = { credited: 0, heldHours: 0, allHours: 0, possible: 0 };
      for (const lesson of lessons) {
        if (lesson.status === 'cancelled' || !isOnRollOn(enrolment, lesson.day)) continue;
        sum.allHours += lesson.classHours;
        if (lesson.status === 'held') {
          sum.heldHours += lesson.classHours;
          sum.credited += creditOf.get(lesson.id)?.get(enrolment.id) ?? 0;
        } else sum.possible += lesson.classHours;
      }
      sum.possible += sum.credited;
      return [enrolment.id, { ...sum, ...shares(sum) }];
    }),
  );
}

function shares(sum: { credited: number; heldHours: number; allHours: number; possible: number }) {
  return {
    held: sum.heldHours === 0 ? null : sum.credited / sum.heldHours,
    all: sum.allHours === 0 ? null : sum.credited / sum.allHours,
    best: sum.allHours === 0 ? null : sum.possible / sum.allHours,
  };
}

/** Credited class hours by kind, recounted from all marks: what `Enrolment.hours` must equal. */
export function recountHours(
  lessons: readonly Pick<Lesson, 'id' | 'kind' | 'status'>[],
  attendances: readonly Pick<Attendance, 'id' | 'marks'>[],
): Map<string, CreditedHours> {
  const kindOf = new Map(lessons.filter((one) => one.status === 'held').map((one) => [one.id, one.kind]));
  const hours = new Map<string, CreditedHours>();
  for (const attendance of attendances) {
    const kind = kindOf.get(attendance.id);
    if (kind === undefined) continue;
    for (const mark of attendance.marks) {
      const before = hours.get(mark.enrolmentId) ?? { theory: 0, practice: 0, online: 0 };
      hours.set(mark.enrolmentId, { ...before, [kind]: before[kind] + mark.hours });
    }
  }
  return hours;
}

/** Persons without a mark in a held lesson that concerns them, as pairs of lesson and enrolment id. */
export function unmarkedPairs(
  enrolments: readonly Joined[],
  lessons: readonly Lesson[],
  attendances: readonly Pick<Attendance, 'id' | 'marks'>[],
): { lessonId: string; enrolmentId: string }[] {
  const marked = new Map(
    attendances.map((one) => [one.id, new Set(one.marks.map((mark) => mark.enrolmentId))]),
  );
  return lessons
    .filter((lesson) => lesson.status === 'held')
    .flatMap((lesson) =>
      enrolments
        .filter((one) => isOnRollOn(one, lesson.day) && !marked.get(lesson.id)?.has(one.id))
        .map((one) => ({ lessonId: lesson.id, enrolmentId: one.id })),
    );
}
