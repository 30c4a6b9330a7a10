// How often may be tried. A pair of account and address is locked; an account or an address alone is only slowed, so that
// nobody locks an office out from afar.
export const pairRule = { misses: 5, minutes: 15 } as const;
/** Counts without ever locking. */
export const slowRule = { misses: Number.MAX_SAFE_INTEGER, minutes: 15 } as const;

const slowFrom = { account: 10, address: 30 } as const;
const longestMilliseconds = 8_000;

/** How long the next try waits after so many misses within a quarter of an hour: 0.25 s at first, doubled up to 8 s. */
export function delayAfter(misses: { account: number; address: number }): number {
  const beyond = Math.max(misses.account - slowFrom.account, misses.address - slowFrom.address);
  return beyond < 0 ? 0 : Math.min(longestMilliseconds, 250 * 2 ** Math.min(beyond, 10));
}

/** Whether an account was not used for longer than the days allowed. */
export function isUnused(lastUsedAt: Date, days: number, now: Date): boolean {
  return now.getTime() - lastUsedAt.getTime() > days * 86_400_000;
}

/** What a sign-in still lacks: the code, the first set-up of codes, or nothing. */
export type Awaits = 'code' | 'codeSetUp' | null;
