// A public check of a certificate, throttled per address: hits are counted in memory, only misses are written.
import type { Deps } from '../../deps.ts';
import type { Certificate } from '../../domain/certifications/certificate.ts';
import { TooOften } from '../../domain/shared/errors.ts';

/** 20 misses in 10 minutes from one address, 120 checks a minute from one address. */
export const checkRule = { misses: 20, minutes: 10 } as const;
const hitsPerMinute = 120;

export type CheckQuestion = { readonly address: string } & (
  { readonly token: string } | { readonly number: string; readonly nameKey: string }
);
/** The certificate with the print whose token was asked for, or null. */
export type Checked = Awaited<ReturnType<Deps['unscoped']['certificateChecks']['byToken']>>;

const hits = new Map<string, { minute: number; count: number }>();

/** The certificate asked about (with its print when asked by token), or null; throws TooOften checks.tooMany with the time it reopens. */
export async function checkCertificate(
  deps: Pick<Deps, 'unscoped' | 'throttles' | 'refusalCounts' | 'cipher' | 'now'>,
  question: CheckQuestion,
): Promise<Checked> {
  countCheck(deps, question.address);
  const found =
    'token' in question
      ? await deps.unscoped.certificateChecks.byToken(question.token)
      : await deps.unscoped.certificateChecks.byNumberAndName(question.number, question.nameKey);
  if (found !== null) return found;
  await recordMissedCheck(deps, question.address);
  return null;
}

/** Whom to ask about a certificate that was checked: the issuer's office telephone, or null. */
export async function issuerPhoneOf(
  deps: Pick<Deps, 'unscoped'>,
  certificate: Certificate,
): Promise<string | null> {
  return deps.unscoped.certificateChecks.issuerPhone(certificate);
}

/** Counts a check of an address in memory; throws TooOften checks.tooMany above the limit of a minute. */
export function countCheck(deps: Pick<Deps, 'cipher' | 'now'>, address: string): void {
  const now = deps.now();
  if (isTooQuick(deps.cipher.hash('check', address), now))
    throw new TooOften('checks.tooMany', new Date(now.getTime() + 60_000));
}

/** Writes down that a check of an address found nothing; throws TooOften checks.tooMany when there were too many. */
export async function recordMissedCheck(
  deps: Pick<Deps, 'throttles' | 'refusalCounts' | 'cipher' | 'now'>,
  address: string,
): Promise<void> {
  const now = deps.now();
  await deps.refusalCounts.count('check', now);
  const { until } = await deps.throttles.reserve(deps.cipher.hash('check', address), checkRule, now);
  if (until !== null) throw new TooOften('checks.tooMany', until);
}

function isTooQuick(key: string, now: Date): boolean {
  const minute = Math.floor(now.getTime() / 60_000);
  const known = hits.get(key);
  if (known === undefined || known.minute !== minute) {
    if (hits.size > 10_000) hits.clear();
    hits.set(key, { minute, count: 1 });
    return false;
  }
  known.count += 1;
  return known.count > hitsPerMinute;
}
