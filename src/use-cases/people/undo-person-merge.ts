// The bureau takes a merge back: what moved returns as it was, what came after stays with the person who was kept.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import {
  combineOwners,
  factsUndone,
  ownersOf,
  plainFactsOf,
  requireUndoable,
  without,
  type Owners,
  type PersonMerge,
} from '../../domain/people/person-merge.ts';
import { personNameKey } from '../../domain/people/person-name.ts';
import type { Person } from '../../domain/people/person.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { heldBy } from './find-merge-obstacles.ts';
import { keepHeld } from '../retention/hold-records.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';
import { bothOf, type MergeDeps } from './merge-people.ts';

/**
 * The merge as undone. Throws InvalidInput for a reason of fewer than five characters, RuleBroken people.merge.tooLate after
 * thirty days, .undoneAlready, .laterMerge while the kept person has a part in a later merge that stands.
 */
export async function undoPersonMerge(
  deps: MergeDeps,
  command: { actor: Actor; mergeId: string } & Grounds,
): Promise<PersonMerge> {
  const { actor } = command;
  const reason = requireReason(command.reason);
  return deps.transaction(async () => {
    const merge = await deps.personMerges.get(district, command.mergeId);
    const now = deps.now();
    requireUndoable(merge, now);
    const kept = await deps.people.record(merge.keptId);
    const merged = await deps.people.record(merge.mergedId);
    await requireLast(deps, merge, kept);

    const back = await deps.personRecords.moveBack(merge.moved, kept.id, merged.id, now);
    await deps.personRecords.renameBack(merge.renamed, merge.after.name, now);
    await deps.personRecords.restoreOverlapCases(merge.overlapCases, kept.id);
    await part(deps, { merge, kept, merged, now });
    await restorePairs(deps, merge);
    await keepHeld(deps, { actor, merge, now });
    const both = bothOf(kept.id, merged.id);
    const evidenceId = await keepEvidence(deps, command.file, both);
    const undone = await deps.personMerges.save({
      ...merge,
      status: 'undone',
      undoneAt: now,
      undoneByName: actor.name,
      undoneReason: reason,
      undoneEvidenceId: evidenceId,
    });
    await deps.events.recordMany(
      both.map((about) => ({
        what: 'person.mergeUndone',
        who: actor,
        about,
        when: now,
        after: {
          merge: merge.id,
          kept: merge.keptLearnerNumber,
          merged: merge.mergedLearnerNumber,
          moved: back,
        },
        reason,
        evidenceId,
      })),
    );
    return undone;
  });
}

/** Merges are taken back in the opposite order: a later one may have moved the same records on. */
async function requireLast(
  deps: Pick<Deps, 'personMerges'>,
  merge: PersonMerge,
  kept: Person,
): Promise<void> {
  const [last] = (await deps.personMerges.ofPerson(kept.id)).filter((one) => one.status === 'merged');
  if (kept.mergedInto !== null || last!.id !== merge.id) throw new RuleBroken('people.merge.laterMerge');
}

async function part(
  deps: MergeDeps,
  given: { merge: PersonMerge; kept: Person; merged: Person; now: Date },
): Promise<void> {
  const { merge, kept, merged, now } = given;
  const facts = factsUndone(plainFactsOf(kept), merge);
  const gone = combineOwners(merge.addedOwners, await ownersStill(deps, kept.id), without);
  const own = ownDocuments(deps, merge, kept, merged);
  await deps.people.freeDocument(merged);
  await deps.people.save({
    ...kept,
    ...facts,
    nameKey: facts.name === kept.name ? kept.nameKey : personNameKey(facts.name),
    nameSortKey: '',
    ...own.kept,
    ...mobileUndone(deps, merge, kept, merged),
    ...combineOwners(kept, gone, without),
    changedAt: now,
  });
  await deps.people.save({
    ...merged,
    ...own.merged,
    ...ownersOf(merge.mergedOwners),
    mergedInto: null,
    changedAt: now,
  });
}

type Document = Pick<Person, 'documentType' | 'documentSealed' | 'documentHash'>;

const documentOf = ({ documentType, documentSealed, documentHash }: Person): Document => ({
  documentType,
  documentSealed,
  documentHash,
});

/** Each has its own document again; one that the kept person was given since stays. */
function ownDocuments(
  deps: Pick<Deps, 'people'>,
  { mergedDocumentSealed, mergedDocumentType }: PersonMerge,
  kept: Person,
  merged: Person,
): { kept: Document; merged: Document } {
  if (mergedDocumentSealed === null) return { kept: documentOf(kept), merged: documentOf(merged) };
  const [documentType, number] = [mergedDocumentType!, deps.people.open(mergedDocumentSealed)];
  if (kept.documentType === documentType && deps.people.openNumber(kept, 'documentNumber') === number)
    return { kept: documentOf(merged), merged: documentOf(kept) };
  return {
    kept: documentOf(kept),
    merged: {
      documentType,
      documentSealed: mergedDocumentSealed,
      documentHash: deps.people.hashDocument(documentType, number),
    },
  };
}

function mobileUndone(
  deps: Pick<Deps, 'people'>,
  merge: PersonMerge,
  kept: Person,
  merged: Person,
): Pick<Person, 'mobileSealed' | 'mobileHash'> | object {
  if (merge.choices.mobile !== 'merged') return {};
  const changedSince = deps.people.openNumber(kept, 'mobile') !== deps.people.openNumber(merged, 'mobile');
  if (changedSince) return {};
  const sealed = merge.keptMobileSealed;
  return sealed === null
    ? { mobileSealed: null, mobileHash: null }
    : { mobileSealed: sealed, mobileHash: deps.people.hashMobile(deps.people.open(sealed)) };
}

/** Whom the kept person's own records belong to once the others have gone back. */
async function ownersStill(deps: MergeDeps, personId: string): Promise<Owners> {
  const { enrolments, candidates, certificates, apprentices } = await heldBy(deps, personId);
  const given = (ids: readonly (string | null)[]) => ids.filter((id): id is string => id !== null);
  return {
    centreIds: given([...enrolments, ...candidates, ...certificates].map((one) => one.centreId)),
    evaluatorIds: given([...candidates, ...certificates].map((one) => one.evaluatorId)),
    enterpriseIds: apprentices.map((one) => one.enterpriseId),
    areaCodes: given([...enrolments, ...certificates, ...apprentices].map((one) => one.areaCode)),
  };
}

async function restorePairs(deps: Pick<Deps, 'duplicates'>, merge: PersonMerge): Promise<void> {
  const open = { status: 'open', decidedAt: null, decidedByName: null, reason: null } as const;
  const pairs = await deps.duplicates.byIds([
    merge.duplicateId,
    ...merge.supersededPairs,
    ...merge.addedPairs,
  ]);
  for (const id of [merge.duplicateId, ...merge.supersededPairs]) {
    const pair = pairs.get(id);
    if (pair !== undefined) await deps.duplicates.save({ ...pair, ...open });
  }
  for (const id of merge.addedPairs) {
    const pair = pairs.get(id);
    if (pair?.status === 'open') await deps.duplicates.remove(pair);
  }
}
