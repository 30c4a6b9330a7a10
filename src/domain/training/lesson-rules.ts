// When a lesson may be held: inside its session, as long as its hours, and with nobody and nothing in two places (C03, C15).
import { addDays } from '../shared/calendar-day.ts';
import { InvalidInput, RuleBroken } from '../shared/errors.ts';
import type { Lesson, LessonFacts } from './lesson.ts';
import type { TrainingSession } from './training-session.ts';

const minutesOfClassHour = 45;

/** A place in time: lessons of different days or touching ends do not overlap. */
export interface TimeSlot {
  readonly day: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

export function overlap(a: TimeSlot, b: TimeSlot): boolean {
  return a.day === b.day && a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

/** Class hours of 45 minutes that fit between two times HH:MM, rounded down to halves. */
export function classHoursBetween(startsAt: string, endsAt: string): number {
  return Math.floor((minutesOf(endsAt) - minutesOf(startsAt)) / (minutesOfClassHour / 2)) / 2;
}

/** Minutes since midnight of HH:MM. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** The class hours of a lesson; throws InvalidInput lessons.endsBeforeStart, lessons.tooShort, lessons.hoursTooMany. */
export function readClassHours(facts: LessonFacts): number {
  if (facts.endsAt <= facts.startsAt)
    throw new InvalidInput([{ field: 'endsAt', code: 'lessons.endsBeforeStart' }]);
  const most = classHoursBetween(facts.startsAt, facts.endsAt);
  const hours = facts.classHours ?? most;
  if (most === 0 || hours <= 0) throw new InvalidInput([{ field: 'endsAt', code: 'lessons.tooShort' }]);
  if (hours > most)
    throw new InvalidInput([{ field: 'classHours', code: 'lessons.hoursTooMany', details: { hours, most } }]);
  return hours;
}

/** Throws RuleBroken lessons.outsideSession naming the days unless the lesson lies within its session. */
export function requireInside(day: string, session: Pick<TrainingSession, 'startsOn' | 'endsOn'>): void {
  if (day < session.startsOn || day > session.endsOn)
    throw new RuleBroken('lessons.outsideSession', { day, from: session.startsOn, until: session.endsOn });
}

/** Throws RuleBroken lessons.notPlannable unless lessons of the session may be planned or changed. */
export function requirePlannable(
  session: Pick<TrainingSession, 'status' | 'recordedFromPaper' | 'kind'>,
): void {
  const open = ['draft', 'submitted', 'returned', 'approved', 'in_progress'].includes(session.status);
  if (!open || keepsNoLessons(session)) throw new RuleBroken('lessons.notPlannable');
}

/** Work training and sessions entered from paper have no lessons. */
export function keepsNoLessons(session: Pick<TrainingSession, 'recordedFromPaper' | 'kind'>): boolean {
  return session.recordedFromPaper || session.kind === 'work_training';
}

/** Names are compared without spaces and width, so that “302 教室” and “302教室” are one room. */
export function placeKey(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}

type Placed = TimeSlot & Pick<Lesson, 'id' | 'sessionId' | 'kind' | 'teacher' | 'venue'>;

/**
 * Throws RuleBroken when a lesson meets another of the centre: lessons.sessionBusy (same session), lessons.teacherBusy, or
 * lessons.venueTaken (online lessons take no room), each naming day, time and place of the other.
 */
export function requireFree(lesson: Placed, others: readonly Placed[]): void {
  for (const other of others) {
    if (other.id === lesson.id || !overlap(lesson, other)) continue;
    const where = { day: other.day, time: other.startsAt, teacher: other.teacher, venue: other.venue };
    if (other.sessionId === lesson.sessionId)
      throw new RuleBroken('lessons.sessionBusy', {
        day: other.day,
        time: `${other.startsAt}-${other.endsAt}`,
      });
    if (placeKey(other.teacher) === placeKey(lesson.teacher))
      throw new RuleBroken('lessons.teacherBusy', where);
    const rooms = lesson.kind !== 'online' && other.kind !== 'online';
    if (rooms && placeKey(other.venue) === placeKey(lesson.venue))
      throw new RuleBroken('lessons.venueTaken', where);
  }
}

/** Days on which one session's lessons exceed the limit of class hours (C15), in order. */
export function overlongDays(
  lessons: readonly Pick<Lesson, 'day' | 'classHours' | 'status'>[],
  limit: number,
): string[] {
  const hours = new Map<string, number>();
  for (const { day, classHours, status } of lessons)
    if (status !== 'cancelled') hours.set(day, (hours.get(day) ?? 0) + classHours);
  return [...hours].flatMap(([day, sum]) => (sum > limit ? [day] : [])).sort();
}

/** The facts again every seventh day, `times` in all. */
export function repeatWeekly(facts: LessonFacts, times: number): LessonFacts[] {
  return Array.from({ length: times }, (_, week) => ({ ...facts, day: addDays(facts.day, 7 * week) }));
}

/** What a transaction that plans lessons, or enrols people into them, must take: one guard for each day and one for the session. */
export function lessonGuards(sessionId: string, days: readonly string[]): string[] {
  return [`lessons:${sessionId}`, ...days.map((day) => `lessonDay:${day}`)];
}
