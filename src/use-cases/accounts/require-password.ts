// The one check of a new password, wherever it is set.
import type { Deps } from '../../deps.ts';
import { faultOfPassword } from '../../domain/accounts/password-rule.ts';
import { placeWords } from '../../domain/accounts/place-words.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';

/** Throws InvalidInput on the field `password` with what is wrong: too short, common, monotonous, the name itself, or words of this place. */
export async function requirePassword(
  deps: Pick<Deps, 'commonPasswords' | 'reference'>,
  password: string,
  owner: { userName: string; displayName: string },
): Promise<void> {
  const words = placeWords(deps.reference);
  const fault = faultOfPassword(password, owner, await deps.commonPasswords(), words);
  if (fault !== null) throw new InvalidInput([{ field: 'password', code: `accounts.${fault}` }]);
}
