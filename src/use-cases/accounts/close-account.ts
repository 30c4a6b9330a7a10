// Closing an account ends its sessions at once; reopening it asks for a new password by link.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { NotAllowed, RuleBroken } from '../../domain/shared/errors.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';
import type { Account } from '../../domain/accounts/account.ts';

type CloseAccount = Pick<
  Deps,
  | 'accounts'
  | 'accountLinks'
  | 'credentials'
  | 'signInSessions'
  | 'keptFiles'
  | 'events'
  | 'transaction'
  | 'now'
>;
interface ChangeAccount extends Grounds {
  readonly actor: Pick<Actor, 'accountId' | 'name'>;
  readonly account: Account;
}

/** Throws InvalidInput for a short reason, NotAllowed accounts.ownAccount, RuleBroken accounts.closed; Conflict when it changed meanwhile. */
export async function closeAccount(deps: CloseAccount, command: ChangeAccount): Promise<void> {
  const { actor, account } = command;
  const reason = requireReason(command.reason);
  if (actor.accountId === account.id) throw new NotAllowed('accounts.ownAccount');
  if (account.closedAt !== null) throw new RuleBroken('accounts.closed');
  const now = deps.now();
  await deps.transaction(async () => {
    await deps.accounts.save({ ...account, closedAt: now });
    await deps.credentials.noteUse(account.id, null);
    await deps.accountLinks.dropOf(account.id);
    await deps.signInSessions.endAllOf(account.id);
    const about = { kind: 'account', id: account.id };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    await deps.events.record({
      what: 'account.closed',
      who: actor,
      about,
      when: now,
      reason,
      evidenceId,
    });
  });
}

/** Throws RuleBroken accounts.notClosed; Conflict when it changed meanwhile. */
export async function reopenAccount(deps: CloseAccount, command: ChangeAccount): Promise<void> {
  const { actor, account } = command;
  const reason = requireReason(command.reason);
  if (account.closedAt === null) throw new RuleBroken('accounts.notClosed');
  const now = deps.now();
  await deps.transaction(async () => {
    await deps.accounts.save({ ...account, closedAt: null });
    await deps.credentials.noteUse(account.id, now);
    const about = { kind: 'account', id: account.id };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    await deps.events.record({
      what: 'account.reopened',
      who: actor,
      about,
      when: now,
      reason,
      evidenceId,
    });
  });
}
