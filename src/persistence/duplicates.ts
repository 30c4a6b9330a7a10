// Pairs of records that may be one person, noted when persons are registered, so that their list costs no search.
import { Schema, type Connection } from 'mongoose';
import { district } from '../domain/accounts/scope.ts';
import { pairId, type Duplicate, type DuplicateGround } from '../domain/people/duplicate.ts';
import { inTransaction } from './connection.ts';
import { createRecordStore, type Page } from './record-store.ts';

const schema = new Schema(
  {
    _id: String,
    version: Number,
    personIds: [String],
    grounds: [String],
    status: String,
    foundAt: Date,
    decidedAt: Date,
    decidedByName: String,
    reason: String,
  },
  { versionKey: false, collection: 'duplicates' },
);
schema.index({ status: 1, foundAt: -1, _id: -1 });
schema.index({ personIds: 1 });

export interface NotedPair {
  readonly personIds: readonly [string, string];
  readonly grounds: readonly DuplicateGround[];
}

export type Duplicates = ReturnType<typeof createDuplicates>;

export function createDuplicates(connection: Connection) {
  const store = createRecordStore<Duplicate>(connection, 'Duplicate', schema, {});
  return {
    ...store,
    /** Notes pairs and returns those not noted before; one that was decided stays decided, with what else was found. */
    async note(pairs: readonly NotedPair[], now: Date): Promise<NotedPair[]> {
      if (!inTransaction(connection)) throw new Error('Duplicates were noted outside a transaction');
      if (pairs.length === 0) return [];
      const { upsertedIds } = await store.model.bulkWrite(
        pairs.map(({ personIds, grounds }) => ({
          updateOne: {
            filter: { _id: pairId(...personIds) },
            update: {
              $setOnInsert: {
                version: 0,
                personIds: [...personIds].sort(),
                status: 'open',
                foundAt: now,
                decidedAt: null,
                decidedByName: null,
                reason: null,
              },
              $addToSet: { grounds: { $each: [...grounds] } },
            },
            upsert: true,
          },
        })) as never,
      );
      const fresh = Object.keys(upsertedIds).map((index) => pairs[Number(index)]!);
      store.noteVersions(fresh.length);
      return fresh;
    },
    /** Pairs of a status, the latest first. */
    async list(status: Duplicate['status'], page: Page): Promise<Duplicate[]> {
      return store.find(district, { status }, { sort: { foundAt: -1, _id: -1 }, page });
    },
    /** The open pairs of a person. */
    async openOf(personId: string): Promise<Duplicate[]> {
      return store.find(district, { personIds: personId, status: 'open' }, { sort: { _id: 1 } });
    },
    /** All pairs of a person, decided or not. */
    async ofPerson(personId: string): Promise<Duplicate[]> {
      return store.find(district, { personIds: personId }, { sort: { _id: 1 } });
    },
    /** Pairs of the ids, by id. */
    async byIds(ids: readonly string[]): Promise<Map<string, Duplicate>> {
      const found = await store.find(district, { _id: { $in: [...ids] } });
      return new Map(found.map((one) => [one.id, one]));
    },
  };
}
