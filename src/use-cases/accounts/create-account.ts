// Creates an account for a person of an organisation, an area or the bureau.
import type { Deps } from '../../deps.ts';
import { rolesOpenedBy, type Actor, type Role } from '../../domain/accounts/actor.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { district } from '../../domain/accounts/scope.ts';
import { placeOf } from './account-place.ts';
import { requirePassword } from './require-password.ts';
import { foldUserName } from './sign-in.ts';

export interface CreateAccount {
  /** Who opens it; the command line has no role. */
  readonly actor: Pick<Actor, 'accountId' | 'name'> & { readonly role?: Role };
  readonly userName: string;
  readonly displayName: string;
  /** Left out where the person sets it by an invitation. */
  readonly password?: string;
  readonly role: Role;
  readonly organisationId?: string | null;
  readonly areaCode?: string | null;
}

/**
 * The new account's id; throws InvalidInput naming the field when the name is taken, the role lacks its organisation or area,
 * or is an administrator's and opened from within.
 */
export async function createAccount(
  deps: Pick<
    Deps,
    | 'accounts'
    | 'organisations'
    | 'credentials'
    | 'passwords'
    | 'commonPasswords'
    | 'reference'
    | 'events'
    | 'transaction'
    | 'now'
    | 'newId'
  >,
  command: CreateAccount,
): Promise<string> {
  if (!rolesOpenedBy(command.actor.role ?? null).includes(command.role))
    throw new InvalidInput([{ field: 'role', code: 'accounts.administratorsElsewhere' }]);
  const place = await placeOf(deps, command.role, command);
  const { password } = command;
  if (password !== undefined) await requirePassword(deps, password, command);
  const passwordHash = password === undefined ? null : await deps.passwords.hash(password);
  const foldedUserName = foldUserName(command.userName);
  return deps.transaction(async () => {
    if ((await deps.accounts.findOne(district, { foldedUserName })) !== null)
      throw new InvalidInput([{ field: 'userName', code: 'accounts.nameTaken' }]);
    const id = deps.newId();
    const now = deps.now();
    await deps.accounts.add({
      id,
      version: 0,
      userName: command.userName.trim(),
      foldedUserName,
      displayName: command.displayName,
      role: command.role,
      ...place,
      closedAt: null,
      createdAt: now,
    });
    await deps.credentials.begin(id, passwordHash, now);
    await deps.events.record({
      what: 'account.created',
      who: command.actor,
      about: { kind: 'account', id },
      when: now,
      after: { role: command.role, ...namedPlace(place) },
    });
    return id;
  });
}

/** The body or the area, whichever there is. */
function namedPlace(place: Awaited<ReturnType<typeof placeOf>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(place).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
