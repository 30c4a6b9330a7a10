// Creates an account for a person of an organisation, an area or the bureau.
import type { Deps } from '../../deps.ts';
import { rolesOpenedBy, scopeNeedOf, type Actor, type Role } from '../../domain/accounts/actor.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { district } from '../../domain/accounts/scope.ts';
import { foldUserName } from './sign-in.ts';

export interface CreateAccount {
  /** Who opens it; the command line has no role. */
  readonly actor: Pick<Actor, 'accountId' | 'name'> & { readonly role?: Role };
  readonly userName: string;
  readonly displayName: string;
  readonly password: string;
  readonly role: Role;
  readonly organisationId?: string | null;
  readonly areaCode?: string | null;
}

/**
 * The new account's id; throws InvalidInput naming the field when the name is taken, the role lacks its organisation or area,
 * or is an administrator's and opened from within.
 */
export async function createAccount(
  deps: Pick<Deps, 'accounts' | 'organisations' | 'passwords' | 'events' | 'transaction' | 'now' | 'newId'>,
  command: CreateAccount,
): Promise<string> {
  if (!rolesOpenedBy(command.actor.role ?? null).includes(command.role))
    throw new InvalidInput([{ field: 'role', code: 'accounts.administratorsElsewhere' }]);
  const need = scopeNeedOf[command.role];
  if (need === 'area' && !command.areaCode)
    throw new InvalidInput([{ field: 'areaCode', code: 'accounts.chooseArea' }]);
  if (need !== 'area' && need !== 'none' && !command.organisationId)
    throw new InvalidInput([{ field: 'organisationId', code: 'accounts.chooseOrganisation' }]);
  if (command.password.length < 12)
    throw new InvalidInput([{ field: 'password', code: 'accounts.shortPassword' }]);
  const passwordHash = await deps.passwords.hash(command.password);
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
      passwordHash,
      role: command.role,
      organisationId: need === 'area' || need === 'none' ? null : (command.organisationId ?? null),
      areaCode: need === 'area' ? (command.areaCode ?? null) : null,
      closedAt: null,
      createdAt: now,
    });
    await deps.events.record({
      what: 'account.created',
      who: command.actor,
      about: { kind: 'account', id },
      when: now,
      after: { role: command.role },
    });
    return id;
  });
}
