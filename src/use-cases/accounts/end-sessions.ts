// Ending sign-ins: the present one, another of one's own, or all.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { NotFound } from '../../domain/shared/errors.ts';

type EndSessions = Pick<Deps, 'signInSessions' | 'events' | 'transaction' | 'now'>;

/** Ends one session of the actor and returns 1; throws NotFound when it is none of theirs. */
export async function endSession(
  deps: EndSessions,
  command: { actor: Pick<Actor, 'accountId' | 'name'>; sessionId: string; present: boolean },
): Promise<number> {
  const { actor, sessionId, present } = command;
  return deps.transaction(async () => {
    if ((await deps.signInSessions.ownerOf(sessionId)) !== actor.accountId) throw new NotFound();
    await deps.signInSessions.end(sessionId);
    await record(deps, actor, present ? 'account.signedOut' : 'account.sessionEnded', 1);
    return 1;
  });
}

/** Ends every session of the actor but the present one; how many there were. */
export async function endOtherSessions(
  deps: EndSessions,
  command: { actor: Pick<Actor, 'accountId' | 'name'>; sessionId: string },
): Promise<number> {
  const { actor, sessionId } = command;
  return deps.transaction(async () => {
    const ended = await deps.signInSessions.endAllOf(actor.accountId, sessionId);
    if (ended > 0) await record(deps, actor, 'account.sessionEnded', ended);
    return ended;
  });
}

async function record(
  deps: EndSessions,
  actor: Pick<Actor, 'accountId' | 'name'>,
  what: string,
  ended: number,
): Promise<void> {
  await deps.events.record({
    what,
    who: actor,
    about: { kind: 'account', id: actor.accountId },
    when: deps.now(),
    after: { ended },
  });
}
