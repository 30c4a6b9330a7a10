// The owner proves once more that it is them, before what an account is signed in with changes.
import type { Deps } from '../../deps.ts';
import type { Account } from '../../domain/accounts/account.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { triesOf } from './count-tries.ts';

/** Throws InvalidInput on the field `presentPassword` when it is wrong, TooOften after five wrong ones from an address. */
export async function confirmPassword(
  deps: Pick<
    Deps,
    | 'passwords'
    | 'credentials'
    | 'refusalCounts'
    | 'throttles'
    | 'cipher'
    | 'pause'
    | 'events'
    | 'transaction'
    | 'now'
  >,
  command: { account: Account; presentPassword: string; address: string },
): Promise<void> {
  const { account, presentPassword, address } = command;
  const tries = triesOf(deps, 'password', account.id, address);
  const left = await tries.reserve(account);
  const credentials = await deps.credentials.of(account.id);
  if (!(await deps.passwords.matches(presentPassword, credentials?.passwordHash ?? null))) {
    await tries.recordMiss(account, left);
    throw new InvalidInput([
      { field: 'presentPassword', code: 'accounts.presentPasswordWrong', details: { left } },
    ]);
  }
  await tries.forgive();
}
