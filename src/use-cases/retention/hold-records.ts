// The bureau keeps what is known of a person or a session past its period, and lets it go again.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import type { PersonMerge } from '../../domain/people/person-merge.ts';
import { liftHold, type HeldKind, type LegalHold } from '../../domain/retention/legal-hold.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';

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
    return addHold(deps, actor, {
      about: { kind, id },
      label,
      reason,
      setBy: actor.accountId,
      setByName: actor.name,
      setAt: deps.now(),
    });
  });
}

/**
 * After a merge was taken back: a hold set on the person kept while the two were one was meant for both, so the other
 * record is held too, for the same reason, unless a hold of its own stands.
 */
export async function keepHeld(
  deps: Pick<Deps, 'legalHolds' | 'events' | 'newId'>,
  given: { actor: Actor; merge: PersonMerge; now: Date },
): Promise<void> {
  const { actor, merge, now } = given;
  const [kept, own] = [
    await deps.legalHolds.on('person', merge.keptId),
    await deps.legalHolds.on('person', merge.mergedId),
  ];
  if (kept === null || own !== null || kept.setAt < merge.at) return;
  const { reason, setBy, setByName } = kept;
  const about = { kind: 'person', id: merge.mergedId } as const;
  const label = merge.mergedLearnerNumber;
  await addHold(deps, actor, { about, label, reason, setBy, setByName, setAt: now });
}

async function addHold(
  deps: Pick<Deps, 'legalHolds' | 'events' | 'newId'>,
  who: Actor,
  facts: Pick<LegalHold, 'about' | 'label' | 'reason' | 'setBy' | 'setByName' | 'setAt'>,
): Promise<LegalHold> {
  const hold: LegalHold = {
    id: deps.newId(),
    version: 0,
    ...facts,
    liftedByName: null,
    liftedAt: null,
    liftedReason: null,
  };
  await deps.legalHolds.add(hold);
  await deps.events.record({
    what: 'legalHold.set',
    who,
    about: hold.about,
    when: hold.setAt,
    after: { holdId: hold.id },
    reason: hold.reason,
  });
  return hold;
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
