// Turns changed marks into class hours per person and kind of lesson, in one write.
import type { Deps } from '../../deps.ts';
import type { Attendance, MergedMarks } from '../../domain/training/attendance.ts';
import type { CreditedHours } from '../../domain/training/enrolment.ts';
import type { Lesson } from '../../domain/training/lesson.ts';

interface Credit {
  readonly id: string;
  hours: CreditedHours;
  firstDay: string;
  lastDay: string;
}

/** Adds what the merged marks credit more (or less) than the stored ones; everybody marked must be on the roster that day. */
export async function creditMarks(
  deps: Pick<Deps, 'enrolments'>,
  sessionId: string,
  lessons: readonly Lesson[],
  stored: ReadonlyMap<string, Attendance>,
  merged: readonly MergedMarks[],
  now: Date,
): Promise<void> {
  const credits = new Map<string, Credit>();
  for (const [index, lesson] of lessons.entries()) {
    const before = hoursOf(stored.get(lesson.id)?.marks ?? []);
    const after = hoursOf(merged[index]!.marks);
    for (const { enrolmentId: id } of merged[index]!.changed) {
      const more = (after.get(id) ?? 0) - (before.get(id) ?? 0);
      const credit = credits.get(id) ?? {
        id,
        hours: { theory: 0, practice: 0, online: 0 },
        firstDay: lesson.day,
        lastDay: lesson.day,
      };
      credit.hours = { ...credit.hours, [lesson.kind]: credit.hours[lesson.kind] + more };
      if (lesson.day < credit.firstDay) credit.firstDay = lesson.day;
      if (lesson.day > credit.lastDay) credit.lastDay = lesson.day;
      credits.set(id, credit);
    }
  }
  await deps.enrolments.creditHours(sessionId, [...credits.values()], now);
}

function hoursOf(marks: Attendance['marks']): Map<string, number> {
  return new Map(marks.map((mark) => [mark.enrolmentId, mark.hours]));
}
