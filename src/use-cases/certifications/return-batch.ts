// A second person hands a proposed batch back with a reason; its candidates may be proposed again.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { requireSecondPerson } from '../../domain/accounts/second-person.ts';
import { decideBatch, type CertificateBatch } from '../../domain/certifications/certificate-batch.ts';

/** The returned batch; throws NotAllowed for the proposer, RuleBroken certificates.batchDecided when already decided. */
export async function returnBatch(
  deps: Pick<Deps, 'certificateBatches' | 'candidates' | 'events' | 'transaction' | 'now'>,
  command: { actor: Actor; batchId: string; reason: string },
): Promise<CertificateBatch> {
  return deps.transaction(async () => {
    const { actor, reason } = command;
    const before = await deps.certificateBatches.get(actor.scope, command.batchId);
    requireSecondPerson(actor, [before.proposedBy]);
    const now = deps.now();
    const batch = await deps.certificateBatches.save(
      decideBatch(before, 'returned', { at: now, by: actor.accountId, reason }),
    );
    const candidates = await deps.candidates.find(actor.scope, { assessmentId: before.assessmentId });
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
