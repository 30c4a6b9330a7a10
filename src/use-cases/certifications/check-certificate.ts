// A public check of a certificate, throttled per address: hits are counted in memory, only misses are written.
import type { Deps } from '../../deps.ts';
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
  const now = deps.now();
  const key = deps.cipher.hash('check', question.address);
  if (isTooQuick(key, now)) throw new TooOften('checks.tooMany', new Date(now.getTime() + 60_000));
  const found =
    'token' in question
      ? await deps.unscoped.certificateChecks.byToken(question.token)
      : await deps.unscoped.certificateChecks.byNumberAndName(question.number, question.nameKey);
  if (found !== null) return found;
  await deps.refusalCounts.count('check', now);
  const { until } = await deps.throttles.reserve(key, checkRule, now);
  if (until !== null) throw new TooOften('checks.tooMany', until);
  return null;
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
