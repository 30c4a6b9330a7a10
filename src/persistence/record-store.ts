// The part every store shares: plain objects in and out, scope in each query, version checked at each save.
import type { Connection, Model, Schema } from 'mongoose';
import type { Scope } from '../domain/accounts/scope.ts';
import { Conflict, orNotFound } from '../domain/shared/errors.ts';
import type { Versioned } from '../domain/shared/record.ts';
import { inTransaction, noteVersions } from './connection.ts';
import { scopeFilter, type ScopeFields } from './scope-filter.ts';

export type Filter = Record<string, unknown>;
export interface Page {
  readonly skip: number;
  readonly limit: number;
}
type Stored = Record<string, unknown> & { _id: string; version: number };

export interface Mapping<T extends Versioned> {
  /** Domain record → fields to store (without id and version); defaults to the record itself. */
  readonly toStored?: (record: T) => Record<string, unknown>;
  /** Stored fields (with `id`) → domain record; defaults to the fields themselves. */
  readonly fromStored?: (stored: Record<string, unknown> & { id: string; version: number }) => T;
}

export interface RecordStore<T extends Versioned> {
  readonly model: Model<Stored>;
  /** Says that versions were written past `add` and `save`, for the event that tells of them. */
  noteVersions(count: number): void;
  get(scope: Scope, id: string): Promise<T>;
  find(scope: Scope, filter: Filter, options?: { sort?: Record<string, 1 | -1>; page?: Page }): Promise<T[]>;
  findOne(scope: Scope, filter: Filter): Promise<T | null>;
  count(scope: Scope, filter: Filter): Promise<number>;
  /** How many match each filter, in the order given, in one round trip. */
  countEach(scope: Scope, filters: readonly Filter[]): Promise<number[]>;
  add(record: T): Promise<void>;
  addMany(records: readonly T[]): Promise<void>;
  save(record: T): Promise<T>;
  remove(record: T): Promise<void>;
}

/**
 * A store over one collection. `get` throws NotFound outside the scope; `save` writes version + 1 and throws Conflict
 * shared.changedMeanwhile when someone saved first; writes outside a transaction are a bug and throw.
 */
export function createRecordStore<T extends Versioned>(
  connection: Connection,
  name: string,
  schema: Schema,
  scopeFields: ScopeFields,
  mapping: Mapping<T> = {},
): RecordStore<T> {
  const model = connection.model(name, schema) as unknown as Model<Stored>;
  const toStored = (record: T): Stored => {
    const { id: _id, ...fields } = { id: record.id, ...(mapping.toStored?.(record) ?? record) };
    return { ...fields, _id, version: record.version } as Stored;
  };
  const fromStored = ({ _id, ...fields }: Stored): T => {
    const plain = { ...fields, id: _id };
    return mapping.fromStored ? mapping.fromStored(plain) : (plain as unknown as T);
  };
  const inScope = (scope: Scope, filter: Filter): Filter => ({
    $and: [scopeFilter(scope, scopeFields), filter],
  });
  const mustBeInTransaction = () => {
    if (!inTransaction(connection)) throw new Error(`${name} was written outside a transaction`);
  };
  const note = (count: number) => noteVersions(connection, model.collection.collectionName, count);
  return {
    model,
    noteVersions: note,
    async get(scope, id) {
      return orNotFound(await this.findOne(scope, { _id: id }));
    },
    async find(scope, filter, options = {}) {
      const query = model.find(inScope(scope, filter) as never);
      if (options.sort) query.sort(options.sort);
      if (options.page) query.skip(options.page.skip).limit(options.page.limit);
      return ((await query.lean()) as unknown as Stored[]).map(fromStored);
    },
    async findOne(scope, filter) {
      const found = await model.findOne(inScope(scope, filter) as never).lean();
      return found === null ? null : fromStored(found as unknown as Stored);
    },
    async count(scope, filter) {
      return model.countDocuments(inScope(scope, filter) as never);
    },
    async countEach(scope, filters) {
      const coll = model.collection.collectionName;
      const [first = [], ...others] = filters.map((filter, at) => [
        { $match: inScope(scope, filter) },
        { $count: 'n' },
        { $set: { at: { $literal: at } } },
      ]);
      const stages = [...first, ...others.map((pipeline) => ({ $unionWith: { coll, pipeline } }))];
      // A filter without matches has no line.
      const found = await model.aggregate<{ at: number; n: number }>(stages as never);
      const counts = new Map(found.map(({ at, n }) => [at, n]));
      return filters.map((_, at) => counts.get(at) ?? 0);
    },
    async add(record) {
      await this.addMany([record]);
    },
    async addMany(records) {
      mustBeInTransaction();
      if (records.length === 0) return;
      await model.insertMany(records.map(toStored), { lean: true } as never);
      note(records.reduce((sum, record) => sum + record.version + 1, 0));
    },
    async save(record) {
      mustBeInTransaction();
      const { _id, version, ...fields } = toStored(record);
      const result = await model.replaceOne(
        { _id, version } as never,
        { ...fields, version: version + 1 } as never,
      );
      if (result.matchedCount === 0) throw new Conflict('shared.changedMeanwhile');
      note(1);
      return { ...record, version: version + 1 };
    },
    async remove(record) {
      mustBeInTransaction();
      const result = await model.deleteOne({ _id: record.id, version: record.version } as never);
      if (result.deletedCount === 0) throw new Conflict('shared.changedMeanwhile');
      note(-(record.version + 1));
    },
  };
}
