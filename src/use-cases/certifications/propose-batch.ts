// One person proposes certificates for the eligible candidates of an assessment; the others stay out with their reasons.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import type { CertificateBatch } from '../../domain/certifications/certificate-batch.ts';
import { Conflict, RuleBroken } from '../../domain/shared/errors.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { judgeCandidates, type JudgeDeps } from './judge-candidates.ts';

/** The proposed batch; throws RuleBroken certificates.nobodyEligible, or certificates.notEligible for a chosen candidate. */
export async function proposeBatch(
  deps: JudgeDeps & Pick<Deps, 'certificateBatches' | 'serials' | 'events' | 'transaction' | 'now' | 'newId'>,
  command: { actor: Actor; assessmentId: string; candidateIds?: readonly string[] },
): Promise<CertificateBatch> {
  return deps.transaction(async () => {
    const { actor } = command;
    const judgement = await judgeCandidates(deps, { scope: actor.scope, assessmentId: command.assessmentId });
    const chosen = command.candidateIds;
    const eligible = judgement.candidates.filter(
      (one) => one.unmet.length === 0 && (chosen === undefined || chosen.includes(one.candidate.id)),
    );
    if (chosen !== undefined && eligible.length !== new Set(chosen).size)
      throw new RuleBroken('certificates.notEligible');
    if (eligible.length === 0) throw new RuleBroken('certificates.nobodyEligible');
    const now = deps.now();
    const { assessment } = judgement;
    const year = dayOf(now).slice(0, 4);
    const serial = await deps.serials.take(`certificate-batch:${year}`);
    const batch: CertificateBatch = {
      id: deps.newId(),
      version: 0,
      number: `FZ${year}-${String(serial).padStart(5, '0')}`,
      kind: assessment.purpose === 'completion' ? 'training_completion' : 'skill_level',
      centreId: assessment.centreId,
      evaluatorId: assessment.evaluatorId,
      assessmentId: assessment.id,
      sessionId: assessment.sessionId,
      candidateIds: eligible.map((one) => one.candidate.id),
      certificateIds: [],
      leftOut: [],
      status: 'proposed',
      statusChanges: [{ to: 'proposed', at: now, by: actor.accountId }],
      proposedBy: actor.accountId,
      proposedByName: actor.name,
      createdAt: now,
    };
    await deps.certificateBatches.add(batch);
    const saved = await deps.candidates.saveMany(
      eligible.map((one) => ({ ...one.candidate, batchId: batch.id })),
    );
    if (saved !== eligible.length) throw new Conflict('shared.changedMeanwhile');
    await deps.events.record({
      what: 'certificateBatch.proposed',
      who: actor,
      about: { kind: 'certificateBatch', id: batch.id },
      when: now,
      after: { number: batch.number, candidates: eligible.length },
    });
    return batch;
  });
}
