// The last step of every sign-in: a session of its own, the oldest beyond the number allowed ended.
import type { Deps } from '../../deps.ts';
import type { Account } from '../../domain/accounts/account.ts';
import type { Awaits } from '../../domain/accounts/sign-in-rules.ts';

/** Where a sign-in comes from, and the hash of the token its browser gets. */
export interface Arrival {
  readonly tokenHash: string;
  readonly address: string;
  readonly agent: string;
}

export type BeginSession = Pick<
  Deps,
  'signInSessions' | 'credentials' | 'events' | 'transaction' | 'config' | 'now'
>;

/**
 * Begins the session in one transaction with its event; `instead` names the session it takes the place of. One that still
 * awaits a code counts as no sign-in.
 */
export async function beginSession(
  deps: BeginSession,
  account: Pick<Account, 'id' | 'displayName'>,
  arrival: Arrival & { awaits: Awaits; instead: string | null },
): Promise<void> {
  const now = deps.now();
  const { instead, ...session } = arrival;
  await deps.transaction(async () => {
    if (instead !== null) await deps.signInSessions.end(instead);
    await deps.signInSessions.begin({ ...session, accountId: account.id }, now);
    if (arrival.awaits !== null) return;
    await deps.credentials.noteSignIn(account.id, now);
    const others = await deps.signInSessions.liveOf(account.id, now);
    const surplus = others.filter((one) => one.id !== arrival.tokenHash).slice(deps.config.signInsAtOnce - 1);
    for (const one of surplus) await deps.signInSessions.end(one.id);
    await deps.events.record({
      what: 'account.signedIn',
      who: { accountId: account.id, name: account.displayName },
      about: { kind: 'account', id: account.id },
      when: now,
      after: { ended: surplus.length },
    });
  });
}
