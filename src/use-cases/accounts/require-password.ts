// The one check of a new password, wherever it is set.
import type { Deps } from '../../deps.ts';
import { faultOfPassword } from '../../domain/accounts/password-rule.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';

/** Throws InvalidInput on the field `password` with what is wrong: too short, common, monotonous, or the name itself. */
export async function requirePassword(
  deps: Pick<Deps, 'commonPasswords'>,
  password: string,
  owner: { userName: string; displayName: string },
): Promise<void> {
  const fault = faultOfPassword(password, owner, await deps.commonPasswords());
  if (fault !== null) throw new InvalidInput([{ field: 'password', code: `accounts.${fault}` }]);
}
