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
    byName: String,
    at: Date,
    undoUntil: Date,
    status: String,
    undoneAt: Date,
    undoneByName: String,
    undoneReason: String,
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

export type PersonMerges = ReturnType<typeof createPersonMerges>;

export function createPersonMerges(connection: Connection) {
  const store = createRecordStore<PersonMerge>(connection, 'PersonMerge', schema, {});
  return {
    ...store,
    /** Merges a person had a part in, on either side, the latest first. */
    async ofPerson(personId: string): Promise<PersonMerge[]> {
      const [kept, merged] = await Promise.all([
        store.find(district, { keptId: personId }, { sort: { at: -1 } }),
        store.find(district, { mergedId: personId }, { sort: { at: -1 } }),
      ]);
      return [...kept, ...merged].sort((a, b) => b.at.getTime() - a.at.getTime());
    },
  };
}
