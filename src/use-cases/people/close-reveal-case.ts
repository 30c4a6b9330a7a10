// The security administrator closes a case of many numbers seen, with what was found.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';

/** Throws NotFound, RuleBroken people.reveal.caseClosed, Conflict when it changed meanwhile. */
export async function closeRevealCase(
  deps: Pick<Deps, 'revealCases' | 'events' | 'transaction' | 'now'>,
  command: { actor: Actor; caseId: string; finding: string },
): Promise<void> {
  const { actor, caseId, finding } = command;
  const now = deps.now();
  await deps.transaction(async () => {
    const open = await deps.revealCases.get(district, caseId);
    if (open.closedAt !== null) throw new RuleBroken('people.reveal.caseClosed');
    await deps.revealCases.save({ ...open, closedAt: now, closedBy: actor.name, finding });
    await deps.events.record({
      what: 'revealCase.closed',
      who: actor,
      about: { kind: 'revealCase', id: caseId },
      when: now,
      reason: finding,
    });
  });
}
