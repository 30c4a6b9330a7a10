// A training session (培训班) is one run of a course for a cohort: filed with the bureau, taught, assessed, closed.
import { RuleBroken } from '../shared/errors.ts';
import type { Lifecycle, StatusChange, Versioned } from '../shared/record.ts';

export const trainingKinds = [
  'upskilling',
  'pre_job',
  'employment_skills',
  'startup',
  'apprenticeship',
  'project',
  'work_training',
  'special_ability',
  'high_skill',
  'safety',
] as const;
export type TrainingKind = (typeof trainingKinds)[number];

export const fundingSources = [
  'employment_subsidy',
  'unemployment_insurance',
  'upskilling_action',
  'self_funded',
] as const;
export type FundingSource = (typeof fundingSources)[number];

export const sessionStatuses = [
  'draft',
  'submitted',
  'returned',
  'approved',
  'rejected',
  'in_progress',
  'completed',
  'assessed',
  'closed',
  'cancelled',
] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

/** The one table of the life cycle (domain: 4.4): from it derive buttons, refusals and docs/life-cycles.md. */
export const sessionLifecycle: Lifecycle<SessionStatus> = {
  draft: ['submitted', 'cancelled'],
  submitted: ['approved', 'returned', 'rejected'],
  returned: ['submitted', 'cancelled'],
  approved: ['in_progress', 'cancelled'],
  rejected: [],
  in_progress: ['completed', 'cancelled'],
  completed: ['assessed'],
  assessed: ['closed'],
  closed: [],
  cancelled: [],
};

export interface TrainingSession extends Versioned {
  readonly number: string;
  readonly name: string;
  readonly centreId: string;
  /** The evaluator the centre hands its cohort to for skill-level assessment; only that one sees the session. */
  readonly evaluatorId: string | null;
  readonly kind: TrainingKind;
  readonly occupationCode: string | null;
  readonly trade: string | null;
  readonly skillLevel: string | null;
  /** Name of the project where the session follows no occupation. */
  readonly project: string | null;
  readonly subsidised: boolean;
  readonly fundingSource: FundingSource;
  readonly capacity: number;
  /** Planned class hours of 45 minutes. */
  readonly theoryHours: number;
  readonly practiceHours: number;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly venue: string;
  readonly areaCode: string | null;
  /** Entered from paper of an earlier year: no lessons, `startsOn` stands for the first held lesson. */
  readonly recordedFromPaper: boolean;
  readonly status: SessionStatus;
  readonly statusChanges: readonly StatusChange<SessionStatus>[];
  /** Derived from lessons in the same transaction: dated list of the first held day, newest last; see headcounts. */
  readonly firstHeld: readonly { readonly day: string | null; readonly at: Date }[];
  /** Live enrolments, kept by the use-cases that enrol and withdraw; equals the roster's length. */
  readonly enrolled: number;
  readonly createdBy: string;
  readonly submittedBy: string | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** The session in its next status with the change recorded; throws RuleBroken training.cannotMove naming both. */
export function moveSession(
  session: TrainingSession,
  to: SessionStatus,
  change: { at: Date; by: string; reason?: string | undefined; on?: string | undefined },
): TrainingSession {
  if (!sessionLifecycle[session.status].includes(to)) {
    throw new RuleBroken('training.cannotMove', { from: session.status, to });
  }
  return {
    ...session,
    status: to,
    statusChanges: [...session.statusChanges, { to, ...change }],
    changedAt: change.at,
  };
}

/** Whether facts of the session may still be edited freely; later ones need a change the bureau approves. */
export function isEditable(session: Pick<TrainingSession, 'status'>): boolean {
  return session.status === 'draft' || session.status === 'returned';
}
