// The bureau revokes a certificate: it stays on record, its QR says so, and figures lose it from this moment on.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import {
  revoke,
  type Certificate,
  type RevocationCategory,
} from '../../domain/certifications/certificate.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';

/** The revoked certificate; throws RuleBroken when it is not valid or the reason has fewer than five characters. */
export async function revokeCertificate(
  deps: Pick<Deps, 'certificates' | 'candidates' | 'events' | 'transaction' | 'now'>,
  command: { actor: Actor; certificateId: string; category: RevocationCategory; reason: string },
): Promise<Certificate> {
  if ([...command.reason.trim()].length < 5) throw new RuleBroken('certificates.reasonTooShort');
  return deps.transaction(async () => {
    const before = await deps.certificates.get(command.actor.scope, command.certificateId);
    const now = deps.now();
    const after = await deps.certificates.save(
      revoke(before, {
        on: dayOf(now),
        at: now,
        by: command.actor.accountId,
        category: command.category,
        reason: command.reason,
      }),
    );
    if (command.category === 'issued_in_error') await releaseCandidate(deps, command.actor, before);
    await deps.events.record({
      what: 'certificate.revoked',
      who: command.actor,
      about: { kind: 'certificate', id: before.id },
      when: now,
      before: { status: before.status },
      after: { status: 'revoked', category: command.category },
      reason: command.reason,
    });
    return after;
  });
}

/** After an error of ours the same scores may lead to a right certificate; after cheating they may not. */
async function releaseCandidate(
  deps: Pick<Deps, 'candidates'>,
  actor: Actor,
  { id, candidateId }: Certificate,
): Promise<void> {
  if (candidateId === null) return;
  const candidate = await deps.candidates.findOne(actor.scope, { _id: candidateId });
  if (candidate?.certificateId === id)
    await deps.candidates.save({ ...candidate, certificateId: null, batchId: null });
}
