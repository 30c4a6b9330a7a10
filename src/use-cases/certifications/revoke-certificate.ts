// The bureau revokes a certificate: it stays on record, its QR says so, and figures lose it from this moment on.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import {
  revoke,
  type Certificate,
  type RevocationCategory,
} from '../../domain/certifications/certificate.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';

/** The revoked certificate; throws InvalidInput for a short reason and a file that proves nothing, RuleBroken when it is not valid. */
export async function revokeCertificate(
  deps: Pick<Deps, 'certificates' | 'candidates' | 'keptFiles' | 'events' | 'transaction' | 'now'>,
  command: { actor: Actor; certificateId: string; category: RevocationCategory } & Grounds,
): Promise<Certificate> {
  const reason = requireReason(command.reason);
  return deps.transaction(async () => {
    const before = await deps.certificates.get(command.actor.scope, command.certificateId);
    const now = deps.now();
    const after = await deps.certificates.save(
      revoke(before, {
        on: dayOf(now),
        at: now,
        by: command.actor.accountId,
        category: command.category,
        reason,
      }),
    );
    const about = { kind: 'certificate', id: before.id };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    if (command.category === 'issued_in_error') await releaseCandidate(deps, command.actor, before);
    await deps.events.record({
      what: 'certificate.revoked',
      who: command.actor,
      about,
      when: now,
      before: { status: before.status },
      after: { status: 'revoked', category: command.category },
      reason,
      evidenceId,
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
