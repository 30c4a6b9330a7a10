// The bureau keeps what is known of a person or a session past its period, and lets it go again.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import { liftHold, type HeldKind, type LegalHold } from '../../domain/retention/legal-hold.ts';
import { InvalidInput, RuleBroken } from '../../domain/shared/errors.ts';

type HoldDeps = Pick<
  Deps,
  'legalHolds' | 'people' | 'trainingSessions' | 'events' | 'transaction' | 'now' | 'newId'
>;

/** The hold set. Throws NotFound, InvalidInput for a reason of fewer than five characters, RuleBroken retention.heldAlready. */
export async function setLegalHold(
  deps: HoldDeps,
  command: { actor: Actor; kind: HeldKind; id: string; reason: string },
): Promise<LegalHold> {
  const { actor, kind, id } = command;
  const reason = requireReason(command.reason);
  return deps.transaction(async () => {
    const label =
      kind === 'person'
        ? (await deps.people.get(actor.scope, id)).learnerNumber
        : (await deps.trainingSessions.get(actor.scope, id)).number;
    if ((await deps.legalHolds.on(kind, id)) !== null) throw new RuleBroken('retention.heldAlready');
    const now = deps.now();
    const hold: LegalHold = {
      id: deps.newId(),
      version: 0,
      about: { kind, id },
      label,
      reason,
      setBy: actor.accountId,
      setByName: actor.name,
      setAt: now,
      liftedByName: null,
      liftedAt: null,
      liftedReason: null,
    };
    await deps.legalHolds.add(hold);
    await deps.events.record({
      what: 'legalHold.set',
      who: actor,
      about: hold.about,
      when: now,
      after: { holdId: hold.id },
      reason,
    });
    return hold;
  });
}

/** The hold lifted. Throws NotFound, InvalidInput for a short reason, RuleBroken retention.holdLifted. */
export async function liftLegalHold(
  deps: HoldDeps,
  command: { actor: Actor; holdId: string; reason: string },
): Promise<LegalHold> {
  const { actor, holdId } = command;
  const reason = requireReason(command.reason);
  return deps.transaction(async () => {
    const now = deps.now();
    const hold = await deps.legalHolds.get(district, holdId);
    const lifted = await deps.legalHolds.save(liftHold(hold, { by: actor.name, at: now, reason }));
    await deps.events.record({
      what: 'legalHold.lifted',
      who: actor,
      about: hold.about,
      when: now,
      after: { holdId },
      reason,
    });
    return lifted;
  });
}

function requireReason(typed: string): string {
  const reason = typed.trim();
  if ([...reason].length < 5) throw new InvalidInput([{ field: 'reason', code: 'retention.reasonTooShort' }]);
  return reason;
}
