// The first step of a sign-in: user name and password. One answer for a wrong name and a wrong password.
import type { Deps } from '../../deps.ts';
import { needsOneTimeCode } from '../../domain/accounts/one-time-code.ts';
import { delayAfter, isUnused, pairRule, slowRule } from '../../domain/accounts/sign-in-rules.ts';
import { RuleBroken, TooOften } from '../../domain/shared/errors.ts';
import type { Account } from '../../domain/accounts/account.ts';
import type { Awaits } from '../../domain/accounts/sign-in-rules.ts';
import { beginSession, type Arrival, type BeginSession } from './begin-session.ts';
import { closeUnused } from './close-unused-accounts.ts';

type SignIn = BeginSession &
  Pick<
    Deps,
    | 'refusalCounts'
    | 'accounts'
    | 'accountLinks'
    | 'unscoped'
    | 'passwords'
    | 'throttles'
    | 'cipher'
    | 'pause'
  >;

/**
 * Begins a session and says what it still awaits. Throws RuleBroken accounts.wrongPassword (with the tries left),
 * TooOften accounts.locked (with the time it opens again) or RuleBroken accounts.unused.
 */
export async function signIn(
  deps: SignIn,
  command: Arrival & { userName: string; password: string; instead: string | null },
): Promise<Awaits> {
  const { userName, password, ...arrival } = command;
  const folded = foldUserName(userName);
  const now = deps.now();
  const account = await deps.unscoped.accountByUserName.byUserName(folded);
  const tries = triesOf(deps, 'sign-in', folded, arrival.address);
  const left = await tries.reserve(account);
  const credentials = account === null ? null : await deps.credentials.of(account.id);
  const right = await deps.passwords.matches(password, credentials?.passwordHash ?? null);
  if (account === null || credentials === null || !right) {
    await tries.recordMiss(account, left);
    if (left === 0)
      throw new TooOften('accounts.locked', new Date(now.getTime() + pairRule.minutes * 60_000));
    throw new RuleBroken('accounts.wrongPassword', { left });
  }
  await tries.forgive();
  if (credentials.lastUsedAt !== null && isUnused(credentials.lastUsedAt, deps.config.unusedDays, now)) {
    await closeUnused(deps, account);
    throw new RuleBroken('accounts.unused', { days: deps.config.unusedDays });
  }
  if (deps.passwords.isOutdated(credentials.passwordHash!)) {
    const renewed = await deps.passwords.hash(password);
    await deps.transaction(() => deps.credentials.setPassword(account.id, renewed));
  }
  const awaits = credentials.secret !== null ? 'code' : needsOneTimeCode(account.role) ? 'codeSetUp' : null;
  await beginSession(deps, account, { ...arrival, awaits });
  return awaits;
}

/** A user name as it is looked up: case, width and surrounding spaces do not matter. */
export function foldUserName(userName: string): string {
  return userName.normalize('NFKC').trim().toLowerCase();
}

/** The counted tries of one step of a sign-in (`sign-in` or `code`), by pair of target and address, and by each alone. */
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

/** Whoever is not signed in, as an event names them. */
export const visitor = { accountId: 'visitor', name: '' } as const;
