// A session change asks the bureau to let facts of an approved training session change: old beside new, with a reason.
// A postponement is a change of days.
import { handsIn, type Hand } from '../accounts/second-person.ts';
import { daysBetween } from '../shared/calendar-day.ts';
import { InvalidInput, RuleBroken } from '../shared/errors.ts';
import type { Lifecycle, StatusChange, Versioned } from '../shared/record.ts';
import type { SessionFacts } from './session-rules.ts';
import type { TrainingSession } from './training-session.ts';

export const sessionChangeStatuses = ['submitted', 'approved', 'returned', 'withdrawn'] as const;
export type SessionChangeStatus = (typeof sessionChangeStatuses)[number];

/** The one table of a change's life; a returned one is answered by a new change. */
export const sessionChangeLifecycle: Lifecycle<SessionChangeStatus> = {
  submitted: ['approved', 'returned', 'withdrawn'],
  approved: [],
  returned: [],
  withdrawn: [],
};

/** Facts that may change after approval; the rest of a session stays what was filed. */
export const changeableFields = [
  'name',
  'capacity',
  'theoryHours',
  'practiceHours',
  'startsOn',
  'endsOn',
  'venue',
  'areaCode',
  'evaluatorId',
] as const satisfies readonly (keyof SessionFacts)[];
export type ChangeableFacts = Pick<SessionFacts, (typeof changeableFields)[number]>;

export interface SessionChange extends Versioned {
  readonly sessionId: string;
  readonly centreId: string;
  readonly areaCode: string | null;
  readonly sessionNumber: string;
  readonly sessionName: string;
  /** Only the fields that differ. */
  readonly before: Partial<ChangeableFacts>;
  readonly after: Partial<ChangeableFacts>;
  /** Whether planned lessons move by as many days as the first day does. */
  readonly moveLessons: boolean;
  readonly reason: string;
  /** The file that proves it; absent in changes from before there were any. */
  readonly evidenceId?: string | null;
  readonly status: SessionChangeStatus;
  readonly statusChanges: readonly StatusChange<SessionChangeStatus>[];
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** The fields in which the wished facts differ from the session's: old and new; throws InvalidInput training.nothingChanged. */
export function differences(
  session: TrainingSession,
  wished: Partial<ChangeableFacts>,
): Pick<SessionChange, 'before' | 'after'> {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const field of changeableFields) {
    if (!(field in wished) || wished[field] === session[field]) continue;
    before[field] = session[field];
    after[field] = wished[field];
  }
  if (Object.keys(after).length === 0)
    throw new InvalidInput([{ field: '', code: 'training.nothingChanged' }]);
  return { before, after } as Pick<SessionChange, 'before' | 'after'>;
}

/** Who had a part in a change, so does not decide it. */
export function handsOnChange(change: SessionChange): readonly Hand[] {
  return handsIn(change, change.createdBy);
}

/** Throws RuleBroken training.changeNotNow unless the session is approved or running. */
export function requireChangeable(session: TrainingSession): void {
  if (session.status !== 'approved' && session.status !== 'in_progress')
    throw new RuleBroken('training.changeNotNow');
}

/** The change in its next status; throws RuleBroken training.changeDecided. */
export function moveSessionChange(
  change: SessionChange,
  to: SessionChangeStatus,
  by: { at: Date; by: string; reason?: string | undefined },
): SessionChange {
  if (!sessionChangeLifecycle[change.status].includes(to)) throw new RuleBroken('training.changeDecided');
  return {
    ...change,
    status: to,
    statusChanges: [...change.statusChanges, { to, ...by }],
    changedAt: by.at,
  };
}

/**
 * The session with the change applied; throws RuleBroken training.changeOutdated when a field is no longer what the change
 * started from, training.capacityBelowRoster, training.endsBeforeStart.
 */
export function applySessionChange(
  session: TrainingSession,
  change: SessionChange,
  at: Date,
): TrainingSession {
  for (const field of changeableFields)
    if (field in change.before && change.before[field] !== session[field])
      throw new RuleBroken('training.changeOutdated');
  const changed = { ...session, ...change.after, changedAt: at };
  if (changed.capacity < session.enrolled)
    throw new RuleBroken('training.capacityBelowRoster', {
      capacity: changed.capacity,
      enrolled: session.enrolled,
    });
  if (changed.endsOn < changed.startsOn) throw new RuleBroken('training.endsBeforeStart');
  return changed;
}

/** Days by which planned lessons move with the change; 0 when they stay. */
export function lessonShift(change: Pick<SessionChange, 'before' | 'after' | 'moveLessons'>): number {
  const { before, after } = change;
  if (!change.moveLessons || before.startsOn === undefined || after.startsOn === undefined) return 0;
  return daysBetween(before.startsOn, after.startsOn);
}
