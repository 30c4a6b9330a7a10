// A second person hands a proposed batch back with a reason; its candidates may be proposed again.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { requireSecondPerson } from '../../domain/accounts/second-person.ts';
import {
  decideBatch,
  handsOnBatch,
  type CertificateBatch,
} from '../../domain/certifications/certificate-batch.ts';

/** The returned batch; throws NotAllowed for whoever had a part in it, RuleBroken certificates.batchDecided when already decided. */
export async function returnBatch(
  deps: Pick<Deps, 'certificateBatches' | 'assessments' | 'candidates' | 'events' | 'transaction' | 'now'>,
  command: { actor: Actor; batchId: string; reason: string },
): Promise<CertificateBatch> {
  return deps.transaction(async () => {
    const { actor, reason } = command;
    const before = await deps.certificateBatches.get(actor.scope, command.batchId);
    const now = deps.now();
    const returned = decideBatch(before, 'returned', { at: now, by: actor.accountId, reason });
    const assessment = await deps.assessments.get(actor.scope, before.assessmentId);
    const candidates = await deps.candidates.find(actor.scope, { assessmentId: before.assessmentId });
    requireSecondPerson(actor, handsOnBatch(before, assessment, candidates));
    const batch = await deps.certificateBatches.save(returned);
    await deps.candidates.saveMany(
      candidates.filter((one) => one.batchId === before.id).map((one) => ({ ...one, batchId: null })),
    );
    await deps.events.record({
      what: 'certificateBatch.returned',
      who: actor,
      about: { kind: 'certificateBatch', id: before.id },
      when: now,
      reason,
    });
    return batch;
  });
}
