// Setting a password: by a link that was handed over, or by the owner who knows the present one.
import type { Deps } from '../../deps.ts';
import { orNotFound, RuleBroken } from '../../domain/shared/errors.ts';
import type { Account } from '../../domain/accounts/account.ts';
import { confirmPassword } from './confirm-password.ts';
import { requirePassword } from './require-password.ts';

type SetPassword = Pick<
  Deps,
  | 'commonPasswords'
  | 'reference'
  | 'passwords'
  | 'credentials'
  | 'signInSessions'
  | 'accountLinks'
  | 'unscoped'
  | 'events'
  | 'transaction'
  | 'now'
>;

/** Sets it by a link, once; ends every session. Throws NotFound for a link that is none any more, InvalidInput on `password`. */
export async function setPasswordByLink(
  deps: SetPassword,
  command: { tokenHash: string; password: string },
): Promise<void> {
  const link = orNotFound(await deps.accountLinks.find(command.tokenHash, deps.now()));
  const account = orNotFound(await deps.unscoped.accountByUserName.byId(link.accountId));
  await requirePassword(deps, command.password, account);
  const hash = await deps.passwords.hash(command.password);
  await deps.transaction(async () => {
    orNotFound((await deps.accountLinks.use(command.tokenHash)) || null);
    await keep(deps, account, hash, null);
  });
}

/** Sets it for the owner, and ends every other session. Throws InvalidInput on `presentPassword` or `password`, TooOften. */
export async function changePassword(
  deps: SetPassword & Pick<Deps, 'refusalCounts' | 'throttles' | 'cipher' | 'pause'>,
  command: {
    account: Account;
    presentPassword: string;
    password: string;
    sessionId: string;
    address: string;
  },
): Promise<void> {
  const { account, password } = command;
  await confirmPassword(deps, command);
  if (password === command.presentPassword) throw new RuleBroken('accounts.samePassword');
  await requirePassword(deps, password, account);
  const hash = await deps.passwords.hash(password);
  await deps.transaction(() => keep(deps, account, hash, command.sessionId));
}

async function keep(deps: SetPassword, account: Account, hash: string, except: string | null): Promise<void> {
  const now = deps.now();
  await deps.credentials.setPassword(account.id, hash);
  await deps.credentials.noteUse(account.id, now);
  await deps.signInSessions.endAllOf(account.id, except);
  await deps.events.record({
    what: 'account.passwordSet',
    who: { accountId: account.id, name: account.displayName },
    about: { kind: 'account', id: account.id },
    when: now,
  });
}
