// Counting tries of a step of a sign-in before they are judged, and recording those that missed.
import type { Deps } from '../../deps.ts';
import type { Account } from '../../domain/accounts/account.ts';
import { delayAfter, pairRule, slowRule } from '../../domain/accounts/sign-in-rules.ts';
import { visitor } from '../../domain/accounts/without-account.ts';
import { TooOften } from '../../domain/shared/errors.ts';

/** The counted tries of one step of proving oneself (`sign-in`, `code` or `password`), by pair of target and address, and by each alone. */
export function triesOf(
  deps: Pick<Deps, 'refusalCounts' | 'throttles' | 'cipher' | 'pause' | 'events' | 'transaction' | 'now'>,
  step: string,
  target: string,
  address: string,
) {
  const kind = step === 'code' ? 'code' : 'signIn';
  const keys = {
    pair: deps.cipher.hash(step, `${target}|${address}`),
    account: deps.cipher.hash(`${step}-account`, target),
    address: deps.cipher.hash(`${step}-address`, address),
  };
  return {
    /** Counts a try before it is judged and returns how many are left; throws TooOften accounts.locked. */
    async reserve(account: Pick<Account, 'id'> | null): Promise<number> {
      const now = deps.now();
      const facts = account === null ? {} : { accountId: account.id, address };
      const pair = await deps.throttles.reserve(keys.pair, pairRule, now, facts);
      if (pair.until !== null) {
        await deps.refusalCounts.count(kind, now);
        throw new TooOften('accounts.locked', pair.until);
      }
      const ofAccount = await deps.throttles.reserve(keys.account, slowRule, now);
      const ofAddress = await deps.throttles.reserve(keys.address, slowRule, now);
      const delay = delayAfter({ account: ofAccount.before, address: ofAddress.before });
      if (delay > 0) await deps.pause(delay);
      return pair.left;
    },
    /** The try was right: the pair starts afresh, and the others count it no longer. */
    async forgive(): Promise<void> {
      await deps.throttles.forgive(keys.pair);
      await deps.throttles.giveBack(keys.account);
      await deps.throttles.giveBack(keys.address);
    },
    async recordMiss(account: Pick<Account, 'id'> | null, left: number): Promise<void> {
      const event = {
        who: visitor,
        about: { kind: 'account', id: account?.id ?? 'unknown' },
        when: deps.now(),
      };
      await deps.refusalCounts.count(kind, deps.now());
      await deps.transaction(() =>
        deps.events.recordMany([
          { ...event, what: 'account.signInFailed', after: { step } },
          ...(left === 0 ? [{ ...event, what: 'account.locked', after: { minutes: pairRule.minutes } }] : []),
        ]),
      );
    },
  };
}
