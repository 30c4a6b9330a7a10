// Merges of two records of one person, with all that their reversal needs; numbers in them are sealed.
import { Schema, type Connection } from 'mongoose';
import { district } from '../domain/accounts/scope.ts';
import type { PersonMerge } from '../domain/people/person-merge.ts';
import { createRecordStore } from './record-store.ts';

const { Mixed } = Schema.Types;

const schema = new Schema(
  {
    _id: String,
    version: Number,
    duplicateId: String,
    keptId: String,
    mergedId: String,
    keptLearnerNumber: String,
    mergedLearnerNumber: String,
    choices: Mixed,
    reason: String,
    evidenceId: String,
    byName: String,
    at: Date,
    undoUntil: Date,
    status: String,
    undoneAt: Date,
    undoneByName: String,
    undoneReason: String,
    undoneEvidenceId: String,
    // Plain values that nothing searches: read and written as they are.
    before: Mixed,
    after: Mixed,
    keptMobileSealed: String,
    mergedDocumentType: String,
    mergedDocumentSealed: String,
    mergedOwners: Mixed,
    addedOwners: Mixed,
    moved: Mixed,
    renamed: Mixed,
    overlapCases: Mixed,
    supersededPairs: [String],
    addedPairs: [String],
  },
  { versionKey: false, collection: 'personMerges', minimize: false },
);
schema.index({ keptId: 1, at: -1 });
schema.index({ mergedId: 1, at: -1 });

/** What a merge keeps a copy of, as retention and erasure take it out of persons. */
const contactCopies = {
  keptMobileSealed: null,
  ...Object.fromEntries(
    ['before', 'after'].flatMap((side) =>
      ['education', 'householdRegistration'].map((fact) => [`${side}.${fact}`, null]),
    ),
  ),
};

export type PersonMerges = ReturnType<typeof createPersonMerges>;

export function createPersonMerges(connection: Connection) {
  const store = createRecordStore<PersonMerge>(connection, 'PersonMerge', schema, {});
  const sides = ['keptId', 'mergedId'] as const;
  /** Merges that stand with one of the persons on either side. */
  const standingWith = async (ids: readonly string[]): Promise<PersonMerge[]> => {
    const found: PersonMerge[] = [];
    for (const side of sides)
      found.push(...(await store.find(district, { [side]: { $in: [...ids] }, status: 'merged' })));
    return found;
  };
  const forget = async (ids: readonly string[], copies: Readonly<Record<string, null>>): Promise<void> => {
    for (const side of sides) {
      const { matchedCount } = await store.model.updateMany(
        { [side]: { $in: [...ids] } } as never,
        { $set: copies, $inc: { version: 1 } } as never,
      );
      store.noteVersions(matchedCount);
    }
  };
  return {
    ...store,
    /** The persons given and all records that are one person with them, by merges that stand. */
    async joinedWith(personIds: Iterable<string>): Promise<Set<string>> {
      const joined = new Set(personIds);
      for (let fresh = [...joined]; fresh.length > 0;) {
        const found = (await standingWith(fresh)).flatMap((one) => [one.keptId, one.mergedId]);
        fresh = [...new Set(found)].filter((id) => !joined.has(id));
        for (const id of fresh) joined.add(id);
      }
      return joined;
    },
    /** Takes mobile, education and household registration out of the merges of these persons. */
    forgetContact: (personIds: readonly string[]) => forget(personIds, contactCopies),
    /** Takes the document number chosen out of the merges of these persons. */
    forgetNumbers: (personIds: readonly string[]) => forget(personIds, { mergedDocumentSealed: null }),
    /** Merges a person had a part in, on either side, the latest first. */
    async ofPerson(personId: string): Promise<PersonMerge[]> {
      const [kept, merged] = [
        await store.find(district, { keptId: personId }, { sort: { at: -1 } }),
        await store.find(district, { mergedId: personId }, { sort: { at: -1 } }),
      ];
      return [...kept, ...merged].sort((a, b) => b.at.getTime() - a.at.getTime());
    },
  };
}
