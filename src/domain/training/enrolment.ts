// An enrolment is one person in one training session: one person-time (人次). Facts are copied when the person is enrolled.
import type { StatusChange, Versioned } from '../shared/record.ts';

export const enrolmentStatuses = [
  'enrolled',
  'completed',
  'incomplete',
  'absent',
  'withdrawn',
  'undone',
] as const;
/** `undone` is an enrolment whose import was taken back: it never counts anywhere. */
export type EnrolmentStatus = (typeof enrolmentStatuses)[number];

/** Class hours of 45 minutes credited, by kind of lesson. */
export interface CreditedHours {
  readonly theory: number;
  readonly practice: number;
  readonly online: number;
}

export interface Enrolment extends Versioned {
  readonly sessionId: string;
  readonly personId: string;
  readonly centreId: string;
  /** Copied at enrolment and never recomputed. */
  readonly name: string;
  readonly nameSortKey: string;
  readonly gender: 'male' | 'female' | null;
  readonly birthDay: string | null;
  readonly education: string | null;
  readonly householdRegistration: string | null;
  readonly keyGroups: readonly string[];
  readonly employer: string | null;
  /** Area of the session's venue. */
  readonly areaCode: string | null;
  /** Day from which lessons count for this person. */
  readonly joinedOn: string;
  readonly status: EnrolmentStatus;
  readonly statusChanges: readonly StatusChange<EnrolmentStatus>[];
  readonly withdrawnOn: string | null;
  readonly withdrawnReason: string | null;
  readonly importId: string | null;
  /** Warnings that were accepted with a reason, e.g. age or overlapping dates. */
  readonly acceptedWarnings: readonly { readonly code: string; readonly reason: string }[];
  /** Derived from attendance in the same transaction. */
  readonly hours: CreditedHours;
  readonly createdAt: Date;
  readonly changedAt: Date;
}
