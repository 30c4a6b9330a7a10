// When a person may join a training session, leave it and come back.
import { addDays, type CalendarDay } from '../shared/calendar-day.ts';
import { RuleBroken } from '../shared/errors.ts';
import type { Lifecycle } from '../shared/record.ts';
import type { Enrolment, EnrolmentStatus } from './enrolment.ts';
import type { SessionStatus, TrainingSession } from './training-session.ts';

/** The one table of an enrolment's life; `undone` is the end of one whose import was taken back. */
export const enrolmentLifecycle: Lifecycle<EnrolmentStatus> = {
  enrolled: ['completed', 'incomplete', 'absent', 'withdrawn', 'undone'],
  completed: ['incomplete'],
  incomplete: ['completed'],
  absent: ['incomplete', 'completed'],
  withdrawn: ['enrolled'],
  undone: [],
};

export const withdrawalReasons = [
  'found_work',
  'illness',
  'family',
  'moved',
  'not_suitable',
  'other',
] as const;
export type WithdrawalReason = (typeof withdrawalReasons)[number];

/** The enrolment in its next status; throws RuleBroken rosters.cannotMove. */
export function moveEnrolment(
  enrolment: Enrolment,
  to: EnrolmentStatus,
  change: { at: Date; by: string; on?: string | undefined; reason?: string | undefined },
): Enrolment {
  if (!enrolmentLifecycle[enrolment.status].includes(to)) throw new RuleBroken('rosters.cannotMove');
  return {
    ...enrolment,
    status: to,
    statusChanges: [...enrolment.statusChanges, { to, ...change }],
    changedAt: change.at,
  };
}

const openStatuses: readonly SessionStatus[] = ['draft', 'submitted', 'returned', 'approved', 'in_progress'];

type Joinable = Pick<TrainingSession, 'status' | 'startsOn' | 'recordedFromPaper'>;

/**
 * The last day on which people may join: the start plus the setting lateEnrolmentDays in calendar days; null for a session
 * recorded from paper.
 */
export function lastJoiningDay(session: Joinable, lateDays: number): CalendarDay | null {
  return session.recordedFromPaper ? null : addDays(session.startsOn, lateDays);
}

/** Throws RuleBroken rosters.sessionClosed or rosters.tooLate (with the last day) unless people may join today. */
export function requireOpenForEnrolment(session: Joinable, today: CalendarDay, lateDays: number): void {
  const open = session.recordedFromPaper
    ? !['rejected', 'cancelled', 'closed'].includes(session.status)
    : openStatuses.includes(session.status);
  if (!open) throw new RuleBroken('rosters.sessionClosed', { status: session.status });
  const lastDay = lastJoiningDay(session, lateDays);
  if (lastDay !== null && today > lastDay) throw new RuleBroken('rosters.tooLate', { lastDay });
}

/** Throws RuleBroken rosters.overCapacity with capacity, the size it would make and the difference, in persons. */
export function requireRoom(session: Pick<TrainingSession, 'capacity' | 'enrolled'>, adding: number): void {
  const after = session.enrolled + adding;
  if (after > session.capacity)
    throw new RuleBroken('rosters.overCapacity', {
      capacity: session.capacity,
      after,
      over: after - session.capacity,
    });
}
