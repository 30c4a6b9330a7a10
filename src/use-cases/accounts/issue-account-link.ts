// A single-use link by which somebody sets a password; the administrator hands it over.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import type { Account } from '../../domain/accounts/account.ts';

export const linkHours = 24;

/** Puts the link of the token's hash in place of earlier ones; throws RuleBroken accounts.closed. The password stays until it is used. */
export async function issueAccountLink(
  deps: Pick<Deps, 'accounts' | 'accountLinks' | 'credentials' | 'events' | 'transaction' | 'now'>,
  command: { actor: Pick<Actor, 'accountId' | 'name'>; account: Account; tokenHash: string },
): Promise<void> {
  const { actor, tokenHash } = command;
  const now = deps.now();
  await deps.transaction(async () => {
    // Of two links at once one takes the other's place, and a closing takes both.
    await deps.credentials.hold(command.account.id);
    const account = await deps.accounts.get(district, command.account.id);
    if (account.closedAt !== null) throw new RuleBroken('accounts.closed');
    const kind = (await deps.credentials.of(account.id))?.passwordHash ? 'reset' : 'invitation';
    const endsAt = new Date(now.getTime() + linkHours * 3_600_000);
    await deps.accountLinks.replace(tokenHash, { accountId: account.id, kind, endsAt });
    await deps.events.record({
      what: 'account.linkIssued',
      who: actor,
      about: { kind: 'account', id: account.id },
      when: now,
      after: { kind },
    });
  });
}
