// Sign-in must find an account before anyone's scope is known.
import type { Account } from '../../domain/accounts/account.ts';
import type { Accounts } from '../accounts.ts';
import { district } from '../../domain/accounts/scope.ts';

export type AccountByUserName = ReturnType<typeof createAccountByUserName>;

/** The open account of a folded user name or id, or null. */
export function createAccountByUserName(accounts: Accounts) {
  return {
    async byUserName(foldedUserName: string): Promise<Account | null> {
      const account = await accounts.findOne(district, { foldedUserName });
      return account?.closedAt ? null : account;
    },
    async byId(accountId: string): Promise<Account | null> {
      const account = await accounts.findOne(district, { _id: accountId });
      return account?.closedAt ? null : account;
    },
  };
}
