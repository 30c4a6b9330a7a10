// How often one visitor may ask, counted in this process's memory: by sign-in, and by address for whoever has none.
// Sign-in, claim codes and misses of the public check are counted apart, in the database (persistence/throttles.ts).
import { TooOften } from '../../domain/shared/errors.ts';

export interface RateLimits {
  /** Requests of one sign-in, or of one address without one, within a minute. */
  readonly requestsPerMinute: number;
  /** Forms sent, likewise. */
  readonly formsPerMinute: number;
}

export interface RequestRate {
  /** Counts one request; throws TooOften until the minute is over. */
  count(visitor: string, isForm: boolean): void;
  /** Counts one request of an address before anything is looked up; throws TooOften above ten times the limit of a visitor. */
  countAddress(address: string): void;
}

/** An office behind one address has many sign-ins. */
const visitorsPerAddress = 10;
/** More visitors than a district has: beyond it counting starts anew rather than fill the memory. */
const countedLimit = 100_000;

/** A counter over minutes of `now`; it forgets everything when a minute is over. */
export function createRequestRate(limits: RateLimits, now: () => Date): RequestRate {
  let minute = -1;
  const counts = new Map<string, number>();
  const step = (key: string, limit: number) => {
    const current = Math.floor(now().getTime() / 60_000);
    if (current !== minute || counts.size > countedLimit) counts.clear();
    minute = current;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > limit) throw new TooOften('shared.tooManyRequests', new Date((minute + 1) * 60_000));
  };
  return {
    count(visitor, isForm) {
      step(`request ${visitor}`, limits.requestsPerMinute);
      if (isForm) step(`form ${visitor}`, limits.formsPerMinute);
    },
    countAddress: (address) => step(`address ${address}`, limits.requestsPerMinute * visitorsPerAddress),
  };
}
