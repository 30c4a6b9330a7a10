// Corrects scores that were entered wrongly, with a reason, also after a batch was approved on them.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { scoreProblems, type Candidate, type Scores } from '../../domain/certifications/assessment.ts';
import { approvedFor } from '../../domain/certifications/certificate-batch.ts';
import { Conflict, InvalidInput, NotAllowed, RuleBroken } from '../../domain/shared/errors.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';

type CorrectDeps = Pick<
  Deps,
  | 'assessments'
  | 'candidates'
  | 'certificateBatches'
  | 'certificates'
  | 'keptFiles'
  | 'events'
  | 'transaction'
  | 'now'
>;

/**
 * The candidate with one attempt corrected; its day and who entered it stay. Throws InvalidInput for a short reason and scores
 * that are none or the same, NotAllowed assessments.approvedByYou for whoever approved a batch with the candidate, RuleBroken
 * assessments.inBatch or assessments.certified while something rests on the scores, Conflict for an older version.
 */
export async function correctScore(
  deps: CorrectDeps,
  command: {
    actor: Actor;
    assessmentId: string;
    candidateId: string;
    /** Which attempt, the first being 0. */
    attempt: number;
    version: number;
    scores: Scores;
  } & Grounds,
): Promise<Candidate> {
  const { actor, scores } = command;
  const reason = requireReason(command.reason);
  return deps.transaction(async () => {
    const assessment = await deps.assessments.get(actor.scope, command.assessmentId);
    const before = await deps.candidates.findOne(actor.scope, {
      _id: command.candidateId,
      assessmentId: assessment.id,
    });
    const wrong = before?.attempts[command.attempt];
    if (before === null || wrong === undefined)
      throw new InvalidInput([{ field: 'attempt', code: 'assessments.unknownCandidate' }]);
    if (before.version !== command.version) throw new Conflict('shared.changedMeanwhile');
    await requireNothingRests(deps, actor, before);
    requireCorrection(before, wrong, scores);
    const corrected = {
      ...wrong,
      ...scores,
      correctedBy: [...(wrong.correctedBy ?? []), actor.accountId],
    };
    const attempts = before.attempts.map((one) => (one === wrong ? corrected : one));
    const after = await deps.candidates.save({ ...before, attempts });
    const about = { kind: 'candidate', id: before.id };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    await deps.events.record({
      what: 'assessment.scoreCorrected',
      who: actor,
      about,
      when: deps.now(),
      before: { theory: wrong.theory, practice: wrong.practice },
      after: { ...scores, assessment: assessment.number, satOn: wrong.on },
      reason,
      evidenceId,
    });
    return after;
  });
}

async function requireNothingRests(deps: CorrectDeps, actor: Actor, candidate: Candidate): Promise<void> {
  const { name, assessmentId } = candidate;
  const batches = await deps.certificateBatches.find(actor.scope, { assessmentId });
  if (batches.some((one) => approvedFor(one, candidate.id, actor.accountId)))
    throw new NotAllowed('assessments.approvedByYou');
  const batch = batches.find((one) => one.id === candidate.batchId);
  if (batch !== undefined) throw new RuleBroken('assessments.inBatch', { name, number: batch.number });
  if (candidate.certificateId === null) return;
  const certificate = await deps.certificates.findOne(actor.scope, { _id: candidate.certificateId });
  if (certificate?.status === 'valid')
    throw new RuleBroken('assessments.certified', { name, number: certificate.number });
}

function requireCorrection({ name }: Candidate, wrong: Scores, scores: Scores): void {
  const problems = scoreProblems(scores).map((one) => ({ ...one, details: { ...one.details, name } }));
  if (problems.length > 0) throw new InvalidInput(problems);
  if (scores.theory === null && scores.practice === null)
    throw new InvalidInput([{ field: 'theory', code: 'assessments.noScore' }]);
  if (scores.theory === wrong.theory && scores.practice === wrong.practice)
    throw new InvalidInput([{ field: 'theory', code: 'assessments.sameScore' }]);
}
