// Accounts of the time of one administrator's role, which opened accounts and kept settings: what the system administrator does.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import { system } from '../../domain/accounts/without-account.ts';

const formerRole = 'administrator';

type SettleDeps = Pick<Deps, 'accounts' | 'signInSessions' | 'events' | 'transaction' | 'now'>;

/**
 * Makes every account with the former role a system administrator, ends its sessions, and returns how many there were; none
 * the second time. That role gives the least of the three: it neither grants roles nor reads the trail. The other two are
 * given from the command line, to other people.
 */
export async function settleFormerAdministrators(deps: SettleDeps): Promise<number> {
  const former = await deps.accounts.find(district, { role: formerRole });
  let settled = 0;
  for (const { id } of former) settled += await settle(deps, id);
  return settled;
}

async function settle(deps: SettleDeps, id: string): Promise<number> {
  return deps.transaction(async () => {
    // Another process may start at the same time.
    const account = await deps.accounts.findOne(district, { _id: id, role: formerRole });
    if (account === null) return 0;
    const role = 'systemAdministrator';
    await deps.accounts.save({ ...account, role });
    await deps.signInSessions.endAllOf(id);
    await deps.events.record({
      what: 'account.roleChanged',
      who: system,
      about: { kind: 'account', id },
      when: deps.now(),
      before: { role: formerRole },
      after: { role },
      reason: 'formerRole',
    });
    return 1;
  });
}
