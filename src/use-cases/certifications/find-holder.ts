// A holder proves themselves without an account: certificate number + name, or document type and number + name, and the
// claim code from the printed slip. Every failure looks the same.
import type { Deps } from '../../deps.ts';
import { normaliseClaimCode } from '../../domain/certifications/claim-code.ts';
import { RuleBroken, TooOften } from '../../domain/shared/errors.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';

export const findRule = { misses: 5, minutes: 30 } as const;

export interface HolderClaim {
  /** Normalised certificate number, or null when asked by document. */
  readonly certificateNumber: string | null;
  readonly documentType: string | null;
  readonly documentNumber: string | null;
  readonly nameKey: string;
  readonly claimCode: string;
  readonly address: string;
}

/**
 * The person's id. Throws RuleBroken certificates.notFound for every failure alike, certificates.tooManyTries with the time
 * it opens again: five misses make the pair of target and address wait 30 minutes, other addresses stay open.
 */
export async function findHolder(
  deps: Pick<Deps, 'unscoped' | 'claimCodes' | 'throttles' | 'refusalCounts' | 'cipher' | 'now'>,
  claim: HolderClaim,
): Promise<string> {
  const now = deps.now();
  const target = claim.certificateNumber ?? `${claim.documentType}:${claim.documentNumber}`;
  const key = deps.cipher.hash('find', `${target}|${claim.address}`);
  const { until, left } = await deps.throttles.reserve(key, findRule, now);
  if (until !== null) {
    await deps.refusalCounts.count('claimCode', now);
    throw new TooOften('certificates.tooManyTries', until);
  }
  const personId = await personOf(deps, claim);
  const proven = await deps.claimCodes.holds(
    personId ?? 'nobody',
    normaliseClaimCode(claim.claimCode),
    dayOf(now),
  );
  if (personId !== null && proven) {
    await deps.throttles.forgive(key);
    return personId;
  }
  await deps.refusalCounts.count('claimCode', now);
  if (left === 0)
    throw new TooOften('certificates.tooManyTries', new Date(now.getTime() + findRule.minutes * 60_000));
  throw new RuleBroken('certificates.notFound');
}

async function personOf(deps: Pick<Deps, 'unscoped'>, claim: HolderClaim): Promise<string | null> {
  if (claim.certificateNumber !== null) {
    const found = await deps.unscoped.certificateChecks.byNumberAndName(
      claim.certificateNumber,
      claim.nameKey,
    );
    return found?.certificate.personId ?? null;
  }
  return deps.unscoped.personIdentity.byDocumentAndName(
    claim.documentType ?? '',
    claim.documentNumber ?? '',
    claim.nameKey,
  );
}
