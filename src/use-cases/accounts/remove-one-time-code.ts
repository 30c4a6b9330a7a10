// Taking one-time codes away: by the owner where the role needs none, by the security administrator when a telephone is lost.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { needsOneTimeCode } from '../../domain/accounts/one-time-code.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';
import type { Account } from '../../domain/accounts/account.ts';

/** Throws RuleBroken accounts.codeRequired when the owner may not be without. Others' sessions of the account end. */
export async function removeOneTimeCode(
  deps: Pick<Deps, 'credentials' | 'signInSessions' | 'keptFiles' | 'events' | 'transaction' | 'now'>,
  command: { actor: Pick<Actor, 'accountId' | 'name'>; account: Account } & Partial<Grounds>,
): Promise<void> {
  const { actor, account } = command;
  const isOwn = actor.accountId === account.id;
  const reason = isOwn ? undefined : requireReason(command.reason);
  if (isOwn && needsOneTimeCode(account.role)) throw new RuleBroken('accounts.codeRequired');
  await deps.transaction(async () => {
    await deps.credentials.dropSecret(account.id);
    if (!isOwn) await deps.signInSessions.endAllOf(account.id);
    const about = { kind: 'account', id: account.id };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    await deps.events.record({
      what: 'account.codeRemoved',
      who: actor,
      about,
      when: deps.now(),
      reason,
      evidenceId,
    });
  });
}
