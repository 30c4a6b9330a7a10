// The bureau says that two records are two people, or puts a pair on the list that no rule found.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import { pairId, type Duplicate } from '../../domain/people/duplicate.ts';
import type { Person } from '../../domain/people/person.ts';
import { InvalidInput, RuleBroken } from '../../domain/shared/errors.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';

type DecideDeps = Pick<Deps, 'people' | 'duplicates' | 'events' | 'transaction' | 'now'>;

/** The dismissed pair; throws InvalidInput for a short reason, RuleBroken people.merge.decided when it is not open. */
export async function dismissDuplicate(
  deps: DecideDeps,
  command: { actor: Actor; duplicateId: string; reason: string },
): Promise<Duplicate> {
  const { actor } = command;
  const reason = requireReason(command.reason);
  return deps.transaction(async () => {
    const pair = await deps.duplicates.get(district, command.duplicateId);
    if (pair.status !== 'open') throw new RuleBroken('people.merge.decided');
    const now = deps.now();
    const after = await deps.duplicates.save({
      ...pair,
      status: 'dismissed',
      decidedAt: now,
      decidedByName: actor.name,
      reason,
    });
    await record(deps, actor, { what: 'person.keptApart', pair, when: now, reason });
    return after;
  });
}

/**
 * The open pair of two learner numbers, also when it was dismissed before. Throws InvalidInput on `one` or `other` for a
 * number nobody has, and when both are one person.
 */
export async function pairByHand(
  deps: DecideDeps,
  command: { actor: Actor; one: string; other: string },
): Promise<string> {
  const { actor } = command;
  return deps.transaction(async () => {
    const one = await personOf(deps, actor, 'one', command.one);
    const other = await personOf(deps, actor, 'other', command.other);
    if (one.id === other.id) throw new InvalidInput([{ field: 'other', code: 'people.merge.samePerson' }]);
    const now = deps.now();
    const id = pairId(one.id, other.id);
    await deps.people.hold([one.id, other.id]);
    await deps.duplicates.note([{ personIds: [one.id, other.id], grounds: ['officer'] }], now);
    const pair = await deps.duplicates.get(district, id);
    if (pair.status === 'dismissed')
      await deps.duplicates.save({
        ...pair,
        status: 'open',
        decidedAt: null,
        decidedByName: null,
        reason: null,
      });
    await record(deps, actor, { what: 'person.paired', pair, when: now });
    return id;
  });
}

async function personOf(
  deps: Pick<Deps, 'people'>,
  actor: Actor,
  field: string,
  typed: string,
): Promise<Person> {
  const learnerNumber = typed.trim().toUpperCase();
  const found = await deps.people.findOne(actor.scope, { learnerNumber });
  if (found === null || found.mergedInto !== null)
    throw new InvalidInput([{ field, code: 'people.merge.nobody' }]);
  return found;
}

async function record(
  deps: Pick<Deps, 'events'>,
  who: Actor,
  { what, pair, when, reason }: { what: string; pair: Duplicate; when: Date; reason?: string },
): Promise<void> {
  await deps.events.recordMany(
    pair.personIds.map((id) => ({
      what,
      who,
      about: { kind: 'person', id },
      when,
      after: { grounds: pair.grounds },
      reason,
    })),
  );
}
