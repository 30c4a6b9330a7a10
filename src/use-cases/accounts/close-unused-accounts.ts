// Accounts nobody signed in with for the days of the setting are closed, each night and at a late try.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import { system } from '../../domain/accounts/without-account.ts';
import type { Account } from '../../domain/accounts/account.ts';
import { closeAccount } from './close-account.ts';

type CloseUnused = Parameters<typeof closeAccount>[0] & Pick<Deps, 'config'>;
/** Closes one account for not being used. */
export async function closeUnused(deps: CloseUnused, account: Account): Promise<void> {
  await closeAccount(deps, { actor: system, account, reason: 'unused' });
}

/** Closes all that are due and returns how many. */
export async function closeUnusedAccounts(deps: CloseUnused): Promise<number> {
  const since = new Date(deps.now().getTime() - deps.config.unusedDays * 86_400_000);
  let closed = 0;
  for (;;) {
    const ids = await deps.credentials.unusedSince(since, 100);
    for (const id of ids) {
      const account = await deps.accounts.findOne(district, { _id: id });
      if (account !== null && account.closedAt === null) {
        await closeUnused(deps, account);
        closed += 1;
      } else await deps.transaction(() => deps.credentials.noteUse(id, null));
    }
    if (ids.length < 100) return closed;
  }
}
