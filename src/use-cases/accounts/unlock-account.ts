// The security administrator lifts the locks of an account before their time is over.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import type { Account } from '../../domain/accounts/account.ts';

export async function unlockAccount(
  deps: Pick<Deps, 'throttles' | 'events' | 'transaction' | 'now'>,
  command: { actor: Actor; account: Account },
): Promise<void> {
  const { actor, account } = command;
  await deps.transaction(async () => {
    await deps.throttles.forgiveAccount(account.id);
    await deps.events.record({
      what: 'account.unlocked',
      who: actor,
      about: { kind: 'account', id: account.id },
      when: deps.now(),
    });
  });
}
