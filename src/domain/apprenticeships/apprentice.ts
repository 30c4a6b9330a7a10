// An apprentice is one person trained in apprenticeship; a transfer moves the same record to another programme.
import { RuleBroken } from '../shared/errors.ts';
import type { Lifecycle, StatusChange, Versioned } from '../shared/record.ts';

export const apprenticeStatuses = [
  'registered',
  'active',
  'suspended',
  'completed',
  'certified',
  'uncertified',
  'left',
  'undone',
] as const;
export type ApprenticeStatus = (typeof apprenticeStatuses)[number];

export const apprenticeLifecycle: Lifecycle<ApprenticeStatus> = {
  registered: ['active', 'left', 'undone'],
  active: ['suspended', 'completed', 'left'],
  suspended: ['active', 'left'],
  completed: ['certified', 'uncertified'],
  certified: [],
  uncertified: ['certified'],
  left: [],
  undone: [],
};

/** Statuses in which a person counts as an active apprentice and cannot be taken into another programme (C21). */
export const activeStatuses: readonly ApprenticeStatus[] = ['registered', 'active', 'suspended'];

export interface Posting {
  readonly programmeId: string;
  readonly enterpriseId: string;
  readonly enrolledOn: string;
  readonly at: Date;
}

export interface Apprentice extends Versioned {
  readonly programmeId: string;
  readonly enterpriseId: string;
  readonly areaCode: string | null;
  readonly personId: string;
  /** Copied at enrolment. */
  readonly name: string;
  readonly nameSortKey: string;
  readonly gender: 'male' | 'female' | null;
  readonly birthDay: string | null;
  readonly education: string | null;
  readonly keyGroups: readonly string[];
  readonly contractNumber: string | null;
  readonly contractFrom: string | null;
  readonly contractTo: string | null;
  readonly enterpriseMentor: string | null;
  readonly schoolMentor: string | null;
  /** First enrolment as an apprentice; a transfer keeps it. */
  readonly enrolledOn: string;
  /** Every programme the apprentice was in, oldest first; the last is the present one. */
  readonly postings: readonly Posting[];
  readonly status: ApprenticeStatus;
  readonly statusChanges: readonly StatusChange<ApprenticeStatus>[];
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** The apprentice in the next status; throws RuleBroken apprenticeships.cannotMoveApprentice. */
export function moveApprentice(
  apprentice: Apprentice,
  to: ApprenticeStatus,
  change: { at: Date; by: string; on: string; reason?: string | undefined },
): Apprentice {
  if (!apprenticeLifecycle[apprentice.status].includes(to)) {
    throw new RuleBroken('apprenticeships.cannotMoveApprentice', { from: apprentice.status, to });
  }
  return {
    ...apprentice,
    status: to,
    statusChanges: [...apprentice.statusChanges, { to, ...change }],
    changedAt: change.at,
  };
}
