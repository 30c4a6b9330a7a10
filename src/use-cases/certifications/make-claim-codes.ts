// New claim codes for the holders of certificates, shown only on the slips this returns; earlier codes end.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { composeClaimCode, groupClaimCode } from '../../domain/certifications/claim-code.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { addDays, dayOf } from '../../domain/shared/calendar-day.ts';

export interface ClaimSlip {
  readonly holderName: string;
  readonly certificateKind: string;
  readonly certificateNumber: string;
  /** In groups of four. */
  readonly claimCode: string;
  readonly endsOn: string;
}

/** One slip per person of the batch's certificates; throws RuleBroken certificates.nothingIssued. */
export async function makeClaimCodes(
  deps: Pick<
    Deps,
    | 'certificates'
    | 'certificateBatches'
    | 'claimCodes'
    | 'people'
    | 'reference'
    | 'events'
    | 'transaction'
    | 'now'
    | 'randomBytes'
  >,
  command: { actor: Actor; batchId: string },
): Promise<ClaimSlip[]> {
  return deps.transaction(async () => {
    const batch = await deps.certificateBatches.get(command.actor.scope, command.batchId);
    const issuerId = batch.centreId ?? batch.evaluatorId!;
    const certificates = await deps.certificates.find(
      command.actor.scope,
      { batchId: batch.id, status: 'valid' },
      { sort: { nameSortKey: 1 } },
    );
    if (certificates.length === 0) throw new RuleBroken('certificates.nothingIssued');
    await deps.people.hold(certificates.map((one) => one.personId));
    const now = deps.now();
    const endsOn = addDays(dayOf(now), settingOn(deps.reference, 'claimCodeDays', dayOf(now)));
    const made = certificates.map((certificate) => ({ certificate, code: freshCode(deps) }));
    await deps.claimCodes.replace(
      made.map(({ certificate, code }) => ({ personId: certificate.personId, issuerId, code, endsOn })),
      now,
    );
    await deps.events.record({
      what: 'claimSlips.printed',
      who: command.actor,
      about: { kind: 'certificateBatch', id: batch.id },
      when: now,
      after: { slips: made.length, endsOn },
    });
    return made.map(({ certificate, code }) => ({
      holderName: certificate.holderName,
      certificateKind: certificate.kind,
      certificateNumber: certificate.number,
      claimCode: groupClaimCode(code),
      endsOn,
    }));
  });
}

function freshCode(deps: Pick<Deps, 'randomBytes'>): string {
  for (;;) {
    const code = composeClaimCode(deps.randomBytes(48));
    if (code !== null) return code;
  }
}
