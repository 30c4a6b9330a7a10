// The bureau makes two records of one person into one: all that names the other moves, and can be moved back for thirty days.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import { pairId } from '../../domain/people/duplicate.ts';
import {
  chosenFacts,
  combineOwners,
  ownersOf,
  plainFactsOf,
  undoEndOf,
  union,
  without,
  type MergeChoices,
  type PersonMerge,
} from '../../domain/people/person-merge.ts';
import type { Person } from '../../domain/people/person.ts';
import { Conflict, InvalidInput, RuleBroken } from '../../domain/shared/errors.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';
import { holdRoster } from '../training/write-enrolments.ts';
import { findMergeObstacles, heldBy, type ObstacleDeps } from './find-merge-obstacles.ts';

export type MergeDeps = ObstacleDeps &
  Pick<
    Deps,
    | 'people'
    | 'duplicates'
    | 'personMerges'
    | 'personRecords'
    | 'guards'
    | 'legalHolds'
    | 'keptFiles'
    | 'events'
    | 'transaction'
    | 'now'
    | 'newId'
  >;

export interface MergePeople extends Grounds {
  readonly actor: Actor;
  readonly duplicateId: string;
  readonly keptId: string;
  readonly choices: MergeChoices;
  /** The versions of the two records the page showed, by person id. */
  readonly versions: Readonly<Record<string, number>>;
}

/**
 * The merge. Throws InvalidInput for a reason of fewer than five characters, RuleBroken people.merge.decided when the pair
 * is not open, the code of the first conflict (find-merge-obstacles.ts), Conflict when a record changed since it was shown.
 */
export async function mergePeople(deps: MergeDeps, command: MergePeople): Promise<PersonMerge> {
  const { actor, choices } = command;
  const reason = requireReason(command.reason);
  return deps.transaction(async () => {
    const pair = await deps.duplicates.get(district, command.duplicateId);
    if (pair.status !== 'open') throw new RuleBroken('people.merge.decided');
    if (!pair.personIds.includes(command.keptId))
      throw new InvalidInput([{ field: 'keptId', code: 'shared.form.choose' }]);
    const mergedId = pair.personIds.find((id) => id !== command.keptId)!;
    const [kept, merged] = [
      await deps.people.get(actor.scope, command.keptId),
      await deps.people.get(actor.scope, mergedId),
    ];
    for (const person of [kept, merged])
      if (command.versions[person.id] !== person.version) throw new Conflict('shared.changedMeanwhile');
    await requireNoObstacle(deps, kept, merged);

    const now = deps.now();
    const after = await join(deps, { kept, merged, choices, now });
    const moved = await deps.personRecords.move(merged.id, kept.id, now);
    const renamed = await deps.personRecords.rename(kept.id, after.name, now);
    const overlapCases = await deps.personRecords.moveOverlapCases(merged.id, kept.id);
    await deps.duplicates.save({
      ...pair,
      status: 'merged',
      decidedAt: now,
      decidedByName: actor.name,
      reason,
    });
    const merge: PersonMerge = {
      id: deps.newId(),
      version: 0,
      duplicateId: pair.id,
      keptId: kept.id,
      mergedId: merged.id,
      keptLearnerNumber: kept.learnerNumber,
      mergedLearnerNumber: merged.learnerNumber,
      choices,
      reason,
      evidenceId: await keepEvidence(deps, command.file, bothOf(kept.id, merged.id)),
      byName: actor.name,
      at: now,
      undoUntil: undoEndOf(now),
      status: 'merged',
      undoneAt: null,
      undoneByName: null,
      undoneReason: null,
      before: plainFactsOf(kept),
      after: plainFactsOf(after),
      keptMobileSealed: choices.mobile === 'merged' ? kept.mobileSealed : null,
      mergedDocumentType: choices.document === 'merged' ? merged.documentType : null,
      mergedDocumentSealed: choices.document === 'merged' ? merged.documentSealed : null,
      mergedOwners: ownersOf(merged),
      addedOwners: combineOwners(merged, kept, without),
      moved,
      renamed,
      overlapCases,
      ...(await supersedePairs(deps, { kept, merged, now })),
    };
    await deps.personMerges.add(merge);
    await recordMerge(deps, actor, merge);
    return merge;
  });
}

/** What a merge and its reversal are about. */
export function bothOf(keptId: string, mergedId: string): { kind: 'person'; id: string }[] {
  return [keptId, mergedId].map((id) => ({ kind: 'person', id }));
}

/** Holds the rosters and lessons of both, so that no enrolment or lesson slips in between look and merge. */
async function requireNoObstacle(deps: MergeDeps, kept: Person, merged: Person): Promise<void> {
  const [mine, theirs] = [await heldBy(deps, kept.id), await heldBy(deps, merged.id)];
  const enrolments = [...mine.enrolments, ...theirs.enrolments];
  for (const sessionId of [...new Set(enrolments.map((one) => one.sessionId))].sort())
    await holdRoster(deps, district, sessionId);
  const [first] = await findMergeObstacles(deps, mine, theirs);
  if (first !== undefined) throw new RuleBroken(first.code, first.details);
}

/** The kept record with the chosen facts and both's owners; the other one out of sight, with the document not chosen. */
async function join(
  deps: Pick<Deps, 'people'>,
  given: { kept: Person; merged: Person; choices: MergeChoices; now: Date },
): Promise<Person> {
  const { kept, merged, choices, now } = given;
  const after: Person = {
    ...kept,
    ...chosenFacts(kept, merged, choices),
    ...combineOwners(kept, merged, union),
    ...(choices.name === 'merged' ? { nameKey: merged.nameKey, nameSortKey: '' } : {}),
    changedAt: now,
  };
  const left: Person = { ...merged, ...ownersOf(), mergedInto: kept.id, changedAt: now };
  if (choices.document !== 'merged') {
    await deps.people.save(after);
    await deps.people.save(left);
    return after;
  }
  await deps.people.freeDocument(merged);
  await deps.people.save(after);
  const { documentType, documentSealed, documentHash } = kept;
  await deps.people.save({ ...left, documentType, documentSealed, documentHash });
  return after;
}

/** Whoever may be the merged person may be the kept one. */
async function supersedePairs(
  deps: Pick<Deps, 'duplicates'>,
  { kept, merged, now }: { kept: Person; merged: Person; now: Date },
): Promise<Pick<PersonMerge, 'supersededPairs' | 'addedPairs'>> {
  const others = await deps.duplicates.openOf(merged.id);
  const pairs = others.map(({ personIds, grounds }) => {
    const third = personIds.find((id) => id !== merged.id)!;
    return { personIds: [kept.id, third] as const, grounds };
  });
  const known = await deps.duplicates.byIds(pairs.map(({ personIds }) => pairId(...personIds)));
  const fresh = pairs.filter(({ personIds }) => !known.has(pairId(...personIds)));
  for (const one of others)
    await deps.duplicates.save({ ...one, status: 'superseded', decidedAt: now, decidedByName: null });
  await deps.duplicates.note(fresh, now);
  return {
    supersededPairs: others.map((one) => one.id),
    addedPairs: fresh.map(({ personIds }) => pairId(...personIds)),
  };
}

async function recordMerge(deps: Pick<Deps, 'events'>, who: Actor, merge: PersonMerge): Promise<void> {
  const facts = {
    kept: merge.keptLearnerNumber,
    merged: merge.mergedLearnerNumber,
    choices: merge.choices,
    moved: Object.fromEntries(merge.moved.map(({ collection, ids }) => [collection, ids.length])),
  };
  await deps.events.recordMany(
    bothOf(merge.keptId, merge.mergedId).map((about) => ({
      what: 'person.merged',
      who,
      about,
      when: merge.at,
      after: { ...facts, merge: merge.id },
      reason: merge.reason,
      evidenceId: merge.evidenceId,
    })),
  );
}
