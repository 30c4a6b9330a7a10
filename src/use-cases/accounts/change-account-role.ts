// The security administrator gives an account another role, body or area; its sessions end, so that none keeps what it lost.
import type { Deps } from '../../deps.ts';
import { administratorRoles, type Actor, type Role } from '../../domain/accounts/actor.ts';
import { InvalidInput, NotAllowed, RuleBroken } from '../../domain/shared/errors.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';
import type { Account } from '../../domain/accounts/account.ts';
import { placeOf } from './account-place.ts';

export interface ChangeRole extends Grounds {
  readonly actor: Actor;
  readonly account: Account;
  readonly role: Role;
  readonly organisationId: string | null;
  readonly areaCode: string | null;
}

/**
 * Throws NotAllowed accounts.ownAccount and accounts.administratorsElsewhere (nobody becomes or stops being an administrator
 * from within), InvalidInput naming what the role lacks, RuleBroken accounts.sameRole, Conflict when it changed meanwhile.
 */
export async function changeAccountRole(
  deps: Pick<
    Deps,
    'accounts' | 'organisations' | 'signInSessions' | 'keptFiles' | 'events' | 'transaction' | 'now'
  >,
  command: ChangeRole,
): Promise<void> {
  const { actor, account, role } = command;
  const reason = requireReason(command.reason);
  if (actor.accountId === account.id) throw new NotAllowed('accounts.ownAccount');
  if (administratorRoles.includes(account.role)) throw new NotAllowed('accounts.administratorsElsewhere');
  if (administratorRoles.includes(role))
    throw new InvalidInput([{ field: 'role', code: 'accounts.administratorsElsewhere' }]);
  const place = await placeOf(deps, role, command);
  const facts = (one: Pick<Account, 'role' | 'organisationId' | 'areaCode'>) => ({
    role: one.role,
    organisationId: one.organisationId,
    areaCode: one.areaCode,
  });
  const before = facts(account);
  const after = { role, ...place };
  if (JSON.stringify(before) === JSON.stringify(after)) throw new RuleBroken('accounts.sameRole');
  await deps.transaction(async () => {
    await deps.accounts.save({ ...account, ...after });
    await deps.signInSessions.endAllOf(account.id);
    const about = { kind: 'account', id: account.id };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    await deps.events.record({
      what: 'account.roleChanged',
      who: actor,
      about,
      when: deps.now(),
      before,
      after,
      reason,
      evidenceId,
    });
  });
}
