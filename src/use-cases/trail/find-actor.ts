// Whom the auditor means: an account by its user name, or by the id that events carry.
import type { Deps } from '../../deps.ts';
import { foldUserName } from '../accounts/sign-in.ts';

/** The id of the account typed; what is no open account's user name is taken for an id. */
export async function findActor(deps: Pick<Deps, 'unscoped'>, typed: string): Promise<string> {
  const account = await deps.unscoped.accountByUserName.byUserName(foldUserName(typed));
  return account?.id ?? typed;
}
