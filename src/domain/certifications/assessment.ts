// An assessment examines candidates in theory and practice: a training centre's own for completion, or an evaluator's for a
// skill level. Every attempt of a candidate is kept.
import { RuleBroken, type FieldProblem } from '../shared/errors.ts';
import type { Lifecycle, StatusChange, Versioned } from '../shared/record.ts';

export const assessmentPurposes = ['completion', 'skillLevel'] as const;
export type AssessmentPurpose = (typeof assessmentPurposes)[number];

export const evaluationMethods = ['level_recognition', 'appraisal'] as const;
export type EvaluationMethod = (typeof evaluationMethods)[number];

export const assessmentStatuses = ['open', 'locked', 'cancelled'] as const;
export type AssessmentStatus = (typeof assessmentStatuses)[number];

/** `locked` when a batch of it was approved: what was entered changes with a reason only; re-sits and late candidates open it again. */
export const assessmentLifecycle: Lifecycle<AssessmentStatus> = {
  open: ['locked', 'cancelled'],
  locked: ['open'],
  cancelled: [],
};

export interface Assessment extends Versioned {
  readonly number: string;
  readonly purpose: AssessmentPurpose;
  readonly centreId: string | null;
  readonly evaluatorId: string | null;
  readonly sessionId: string | null;
  readonly occupationCode: string | null;
  readonly trade: string | null;
  readonly skillLevel: string | null;
  readonly method: EvaluationMethod | null;
  readonly heldOn: string;
  readonly areaCode: string | null;
  readonly status: AssessmentStatus;
  readonly statusChanges: readonly StatusChange<AssessmentStatus>[];
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** Scores out of 100; null where the candidate did not sit the subject. */
export interface Attempt {
  readonly on: string;
  readonly theory: number | null;
  readonly practice: number | null;
  readonly enteredBy: string;
  readonly at: Date;
  /** Who corrected it since; what it said before stands in the trail. */
  readonly correctedBy?: readonly string[];
}

export interface Candidate extends Versioned {
  readonly assessmentId: string;
  /** Who put the candidate on the list; null where that was not kept yet. */
  readonly addedBy: string | null;
  readonly centreId: string | null;
  readonly evaluatorId: string | null;
  readonly personId: string;
  readonly enrolmentId: string | null;
  readonly sessionId: string | null;
  readonly name: string;
  readonly nameSortKey: string;
  readonly gender: 'male' | 'female' | null;
  readonly birthDay: string | null;
  readonly education: string | null;
  readonly keyGroups: readonly string[];
  readonly employer: string | null;
  readonly attempts: readonly Attempt[];
  /** The certificate this assessment led to, once issued; a second one is refused. */
  readonly certificateId: string | null;
  /** The open batch the candidate is proposed in, if any. */
  readonly batchId: string | null;
}

export interface Scores {
  readonly theory: number | null;
  readonly practice: number | null;
}

/** The best score of each subject over all attempts; a subject passed once stays passed at a re-sit. */
export function bestScores(attempts: readonly Attempt[]): Scores {
  const best = (subject: 'theory' | 'practice') =>
    attempts.reduce<number | null>((top, attempt) => {
      const score = attempt[subject];
      return score !== null && (top === null || score > top) ? score : top;
    }, null);
  return { theory: best('theory'), practice: best('practice') };
}

/** The assessment in a status, itself where it has that already; throws RuleBroken assessments.cancelled for a cancelled one. */
export function moveAssessment(
  assessment: Assessment,
  to: 'open' | 'locked',
  change: { at: Date; by: string },
): Assessment {
  if (assessment.status === to) return assessment;
  if (!assessmentLifecycle[assessment.status].includes(to)) throw new RuleBroken('assessments.cancelled');
  return { ...assessment, status: to, statusChanges: [...assessment.statusChanges, { to, ...change }] };
}

/** Whether a batch was approved since the attempt was entered: it then changes with a reason only. */
export function isSettled(
  { statusChanges }: Pick<Assessment, 'statusChanges'>,
  { at }: Pick<Attempt, 'at'>,
): boolean {
  return statusChanges.some((change) => change.to === 'locked' && change.at >= at);
}

/** What is wrong with scores, as fields `theory` and `practice`: 0 to 100 in steps of 0.5. */
export function scoreProblems(scores: Scores): FieldProblem[] {
  return (['theory', 'practice'] as const).flatMap((field) => {
    const score = scores[field];
    const fits = score === null || (score >= 0 && score <= 100 && Number.isInteger(score * 2));
    return fits ? [] : [{ field, code: 'assessments.scoreOutOfRange', details: { score } }];
  });
}
