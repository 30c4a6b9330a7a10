// The part every store shares: plain objects in and out, scope in each query, version checked at each save.
import type { Connection, Model, Schema } from 'mongoose';
import type { Scope } from '../domain/accounts/scope.ts';
import { Conflict, orNotFound } from '../domain/shared/errors.ts';
import type { Versioned } from '../domain/shared/record.ts';
import { inTransaction, noteVersions } from './connection.ts';
import { plainDocuments, type Document, type PlainDocuments } from './plain-documents.ts';
import { scopeFilter, type ScopeFields } from './scope-filter.ts';
import { knownDocument, rememberRead, rememberWritten } from './transaction-reads.ts';

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
  /** The collection past mongoose, for writes and reads of many documents. */
  readonly documents: PlainDocuments;
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
  const mustBeInTransaction = () => {
    if (!inTransaction(connection)) throw new Error(`${name} was written outside a transaction`);
  };
  const documents = plainDocuments(connection, model as never);
  const { collectionName } = model.collection;
  const note = (count: number) => noteVersions(connection, collectionName, count);
  const inScope = (scope: Scope, filter: Filter): Filter => ({
    $and: [scopeFilter(scope, scopeFields), filter],
  });
  /** The record as the running transaction saved or read it last, if that is what is asked for and in scope. */
  const atHand = (scope: Scope, filter: Filter): Document | null => {
    if (!asksForId(filter)) return null;
    const known = knownDocument(connection, collectionName, filter._id);
    return known !== undefined && isOwned(known, scopeFilter(scope, scopeFields)) ? known : null;
  };
  return {
    model,
    documents,
    noteVersions: note,
    async get(scope, id) {
      return orNotFound(await this.findOne(scope, { _id: id }));
    },
    async find(scope, filter, options = {}) {
      const found = await documents.find(inScope(scope, filter), options);
      return (found as unknown as Stored[]).map(fromStored);
    },
    async findOne(scope, filter) {
      const known = atHand(scope, filter);
      if (known !== null) return fromStored(known as unknown as Stored);
      const [found] = await documents.find(inScope(scope, filter), { page: { skip: 0, limit: 1 } });
      if (found === undefined) return null;
      if (asksForId(filter)) rememberRead(connection, collectionName, found);
      return fromStored(found as unknown as Stored);
    },
    async count(scope, filter) {
      return documents.count(inScope(scope, filter));
    },
    async countEach(scope, filters) {
      return documents.countEach(filters.map((filter) => inScope(scope, filter)));
    },
    async add(record) {
      await this.addMany([record]);
    },
    async addMany(records) {
      mustBeInTransaction();
      if (records.length === 0) return;
      await documents.insertMany(records.map(toStored));
      note(records.reduce((sum, record) => sum + record.version + 1, 0));
    },
    async save(record) {
      mustBeInTransaction();
      const stored = toStored(record);
      if ((await documents.replaceMany([stored])) === 0) throw new Conflict('shared.changedMeanwhile');
      rememberWritten(connection, collectionName, { ...stored, version: stored.version + 1 });
      note(1);
      return { ...record, version: record.version + 1 };
    },
    async remove(record) {
      mustBeInTransaction();
      const deleted = await documents.deleteOne({ _id: record.id, version: record.version });
      if (deleted === 0) throw new Conflict('shared.changedMeanwhile');
      note(-(record.version + 1));
    },
  };
}

function asksForId(filter: Filter): filter is { _id: string } {
  return typeof filter['_id'] === 'string' && Object.keys(filter).length === 1;
}

/** Whether a document is in a scope, by the filter of the scope; a list of owners holds its owner. */
function isOwned(document: Document, owner: Filter): boolean {
  return Object.entries(owner).every(([field, id]) => {
    const held = document[field];
    return Array.isArray(held) ? held.includes(id) : held === id;
  });
}
