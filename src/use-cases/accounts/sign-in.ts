// Signs an account in: one answer for a wrong name and a wrong password, five misses of a pair make it wait.
import type { Deps } from '../../deps.ts';
import { RuleBroken, TooOften } from '../../domain/shared/errors.ts';

export const signInRule = { misses: 5, minutes: 15 } as const;

/**
 * Begins a session under the token's hash and returns the account's id. Throws RuleBroken accounts.wrongPassword (with
 * the tries left) or accounts.locked (with the time it opens again).
 */
export async function signIn(
  deps: Pick<
    Deps,
    | 'accounts'
    | 'unscoped'
    | 'passwords'
    | 'signInSessions'
    | 'throttles'
    | 'cipher'
    | 'events'
    | 'transaction'
    | 'now'
  >,
  command: { userName: string; password: string; tokenHash: string; address: string },
): Promise<string> {
  const folded = foldUserName(command.userName);
  const now = deps.now();
  const key = deps.cipher.hash('sign-in', `${folded}|${command.address}`);
  const until = await deps.throttles.waitsUntil(key, now);
  if (until !== null) throw new TooOften('accounts.locked', until);
  const account = await deps.unscoped.accountByUserName.byUserName(folded);
  const right = await deps.passwords.matches(command.password, account?.passwordHash ?? null);
  if (account === null || !right) {
    const left = await deps.throttles.miss(key, signInRule, now);
    if (left === 0)
      throw new TooOften('accounts.locked', new Date(now.getTime() + signInRule.minutes * 60_000));
    throw new RuleBroken('accounts.wrongPassword', { left });
  }
  await deps.throttles.forgive(key);
  await deps.transaction(async () => {
    await deps.signInSessions.begin(command.tokenHash, account.id, now);
    await deps.events.record({
      what: 'account.signedIn',
      who: { accountId: account.id, name: account.displayName },
      about: { kind: 'account', id: account.id },
      when: now,
    });
  });
  return account.id;
}

/** A user name as it is looked up: case, width and surrounding spaces do not matter. */
export function foldUserName(userName: string): string {
  return userName.normalize('NFKC').trim().toLowerCase();
}
