// The first step of a sign-in: user name and password. One answer for a wrong name and a wrong password.
import type { Deps } from '../../deps.ts';
import { needsOneTimeCode } from '../../domain/accounts/one-time-code.ts';
import { isUnused, pairRule } from '../../domain/accounts/sign-in-rules.ts';
import { orNotFound, RuleBroken, TooOften } from '../../domain/shared/errors.ts';
import type { Awaits } from '../../domain/accounts/sign-in-rules.ts';
import { beginSession, type Arrival, type BeginSession } from './begin-session.ts';
import { triesOf } from './count-tries.ts';
import { closeUnused } from './close-unused-accounts.ts';

type SignIn = BeginSession &
  Pick<
    Deps,
    | 'refusalCounts'
    | 'accounts'
    | 'accountLinks'
    | 'keptFiles'
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
  const judged = credentials.passwordHash!;
  const renewed = deps.passwords.isOutdated(judged) ? await deps.passwords.hash(password) : null;
  return deps.transaction(async () => {
    await deps.credentials.hold(account.id);
    const { secret, passwordHash } = orNotFound(await deps.credentials.of(account.id));
    // Judging takes its time: another password may be set by now, or the same one hashed anew by another sign-in.
    if (passwordHash !== judged && !(await deps.passwords.matches(password, passwordHash)))
      throw new RuleBroken('accounts.wrongPassword', { left });
    if (passwordHash === judged && renewed !== null) await deps.credentials.setPassword(account.id, renewed);
    const awaits = secret !== null ? 'code' : needsOneTimeCode(account.role) ? 'codeSetUp' : null;
    await beginSession(deps, account, { ...arrival, awaits });
    return awaits;
  });
}

/** A user name as it is looked up: case, width and surrounding spaces do not matter. */
export function foldUserName(userName: string): string {
  return userName.normalize('NFKC').trim().toLowerCase();
}
