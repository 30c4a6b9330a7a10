// Who of an assessment may be certified, and for each other candidate every unmet condition with its figures.
import type { Deps } from '../../deps.ts';
import type { Scope } from '../../domain/accounts/scope.ts';
import {
  bestScores,
  type Assessment,
  type Candidate,
  type Scores,
} from '../../domain/certifications/assessment.ts';
import {
  requiredHours,
  unmetConditions,
  type UnmetCondition,
} from '../../domain/certifications/eligibility.ts';
import { isFiledFor, type Organisation } from '../../domain/organisations/organisation.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { orNotFound } from '../../domain/shared/errors.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';

export interface JudgedCandidate {
  readonly candidate: Candidate;
  readonly enrolment: Enrolment | null;
  readonly scores: Scores;
  readonly creditedHours: number | null;
  readonly unmet: readonly UnmetCondition[];
}

export interface Judgement {
  readonly assessment: Assessment;
  readonly session: TrainingSession | null;
  readonly issuer: Organisation;
  readonly requiredHours: number | null;
  readonly candidates: readonly JudgedCandidate[];
}

export type JudgeDeps = Pick<
  Deps,
  'assessments' | 'candidates' | 'trainingSessions' | 'enrolments' | 'organisations' | 'reference'
>;

/** The judgement of all candidates of an assessment in scope; `exceptBatch` is the batch being decided. */
export async function judgeCandidates(
  deps: JudgeDeps,
  command: { scope: Scope; assessmentId: string; exceptBatch?: string },
): Promise<Judgement> {
  const { scope } = command;
  const assessment = await deps.assessments.get(scope, command.assessmentId);
  const issuer = await deps.organisations.get(scope, assessment.centreId ?? assessment.evaluatorId ?? '');
  const [candidates, session] = [
    await deps.candidates.find(scope, { assessmentId: assessment.id }, { sort: { nameSortKey: 1 } }),
    assessment.purpose === 'completion'
      ? await deps.trainingSessions.get(scope, assessment.sessionId!)
      : null,
  ];
  const enrolments = session === null ? [] : await deps.enrolments.find(scope, { sessionId: session.id });
  const byId = new Map(enrolments.map((enrolment) => [enrolment.id, enrolment]));
  const required =
    session === null
      ? null
      : requiredHours(
          session.theoryHours + session.practiceHours,
          settingOn(deps.reference, 'requiredHoursShare', session.startsOn),
        );
  const passMark = settingOn(deps.reference, 'passMark', assessment.heldOn);
  const filed = assessment.purpose === 'completion' || isFiledOn(issuer, assessment);
  return {
    assessment,
    session,
    issuer,
    requiredHours: required,
    candidates: candidates.map((candidate) => {
      const enrolment = candidate.enrolmentId === null ? null : (byId.get(candidate.enrolmentId) ?? null);
      const credited = session === null ? null : creditedHours(orNotFound(enrolment));
      const scores = bestScores(candidate.attempts);
      const unmet = unmetConditions({
        scores,
        passMark,
        training:
          session === null
            ? null
            : {
                creditedHours: credited!,
                requiredHours: required!,
                withdrawn: ['withdrawn', 'undone'].includes(enrolment!.status),
              },
        alreadyCertified: candidate.certificateId !== null,
        proposedElsewhere: candidate.batchId !== null && candidate.batchId !== command.exceptBatch,
        filed,
      });
      return { candidate, enrolment, scores, creditedHours: credited, unmet };
    }),
  };
}

function isFiledOn(issuer: Organisation, assessment: Assessment): boolean {
  return isFiledFor(issuer, {
    capacity: 'evaluator',
    occupationCode: assessment.occupationCode!,
    skillLevel: assessment.skillLevel,
    method: assessment.method!,
    day: assessment.heldOn,
  });
}

function creditedHours(enrolment: Enrolment): number {
  return enrolment.hours.theory + enrolment.hours.practice + enrolment.hours.online;
}
