// Documents of one collection read and written as they are. What a store hands over was checked by forms, use-cases and
// types, so mongoose's casting of each field of each document would be the same work again.
import type { ClientSession, Connection, Model, mongo, Schema } from 'mongoose';
import { currentTransaction } from './connection.ts';
import { createFilterCheck } from './filter-check.ts';
import { forgetWhenWritten, readsOf } from './transaction-reads.ts';

export interface Document {
  readonly _id: string;
  readonly [field: string]: unknown;
}

export interface Reading {
  readonly sort?: Record<string, 1 | -1> | undefined;
  readonly page?: { readonly skip: number; readonly limit: number } | undefined;
  /** Fields that come back beside the id; all of them when left out. */
  readonly fields?: Record<string, 1> | undefined;
}

type Filter = Record<string, unknown>;

export interface PlainDocuments {
  /** What matches; inside a transaction the same question is asked of the database once, until the collection is written. */
  find(filter: Filter, reading?: Reading): Promise<Document[]>;
  count(filter: Filter): Promise<number>;
  /** How many match each filter, in the order given, in one round trip. */
  countEach(filters: readonly Filter[]): Promise<number[]>;
  insertMany(documents: readonly Document[]): Promise<void>;
  /** Writes each document in place of the one of its id and version, with the next version; how many were found. */
  replaceMany(documents: readonly (Document & { readonly version: number })[]): Promise<number>;
  /** Runs updates in their order, in one write; how many documents they matched. */
  update(operations: readonly object[]): Promise<number>;
  deleteOne(filter: Filter): Promise<number>;
}

/**
 * The documents of a model's collection. A filter with a field the schema lacks, or a value of another kind than the
 * field's, is a bug and throws; fields the schema lacks are left out of what is written.
 */
export function plainDocuments(connection: Connection, model: Model<never>): PlainDocuments {
  const collection = model.collection as unknown as mongo.Collection<Document>;
  const check = createFilterCheck(model.schema as unknown as Schema);
  const known = new Set(Object.keys(model.schema.obj));
  forgetWhenWritten(connection, model.collection);
  const session = (): { session?: ClientSession } => {
    const open = currentTransaction(connection)?.session;
    return open === undefined ? {} : { session: open };
  };
  return {
    async find(filter, reading = {}) {
      check(filter);
      return readsOf(connection, collection.collectionName, [filter, reading], () => {
        const { sort, page, fields } = reading;
        return collection
          .find(filter as never, {
            ...session(),
            ...(sort ? { sort } : {}),
            ...(page ? { skip: page.skip, limit: page.limit } : {}),
            ...(fields ? { projection: fields } : {}),
          })
          .toArray() as unknown as Promise<Document[]>;
      });
    },
    async count(filter) {
      check(filter);
      return collection.countDocuments(filter as never, session());
    },
    async countEach(filters) {
      filters.forEach(check);
      const [first = [], ...others] = filters.map((filter, at) => [
        { $match: filter },
        { $count: 'n' },
        { $set: { at: { $literal: at } } },
      ]);
      const coll = collection.collectionName;
      const stages = [...first, ...others.map((pipeline) => ({ $unionWith: { coll, pipeline } }))];
      // A filter without matches has no line.
      const found = await collection.aggregate<{ at: number; n: number }>(stages, session()).toArray();
      const counts = new Map(found.map(({ at, n }) => [at, n]));
      return filters.map((_, at) => counts.get(at) ?? 0);
    },
    async insertMany(documents) {
      await collection.insertMany(
        documents.map(({ _id, ...fields }) => ({ _id, ...only(known, fields) })) as never,
        { ...session(), ignoreUndefined: true },
      );
    },
    async replaceMany(documents) {
      const result = await collection.bulkWrite(
        documents.map(({ _id, version, ...fields }) => ({
          replaceOne: {
            filter: { _id, version },
            replacement: { ...only(known, fields), version: version + 1 },
          },
        })) as never,
        { ...session(), ignoreUndefined: true },
      );
      return result.matchedCount;
    },
    async update(operations) {
      const result = await collection.bulkWrite(operations as never, session());
      return result.matchedCount;
    },
    async deleteOne(filter) {
      check(filter);
      return (await collection.deleteOne(filter as never, session())).deletedCount;
    },
  };
}

function only(known: ReadonlySet<string>, fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) if (known.has(name)) kept[name] = fields[name];
  return kept;
}
