// Finds documents and updates them; makes one where an upsert finds none.
import { CommandError } from '../errors.ts';
import { findRows } from '../planner/find-rows.ts';
import { keysOf, newDoc, setField, type Doc, type Value } from '../query/bson.ts';
import { compileFilter } from '../query/filter.ts';
import { compileUpdate, upsertSeed } from '../query/update.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { insertDocument, withIdFirst } from './insert-document.ts';
import { replaceDocument, type Replaced } from './replace-document.ts';

export interface UpdateRequest {
  readonly collection: string;
  readonly filter: Doc;
  /** Operators, a replacement or a pipeline; absent when the document is to be removed. */
  readonly update: Doc | Doc[] | undefined;
  readonly arrayFilters?: Doc[] | undefined;
  readonly upsert?: boolean;
  readonly sort?: Doc | undefined;
  readonly hint?: Value | undefined;
  readonly vars: Doc;
}

interface Upserted {
  readonly upsertedId: Value;
  readonly after: Doc;
}

// Rows of an update of many that are kept decoded from finding them to changing them.
const HELD = 1_000;

/** True for a replacement document, as opposed to operators or a pipeline. */
export function isReplacement(update: Doc | Doc[]): boolean {
  return !Array.isArray(update) && !(keysOf(update)[0] ?? '').startsWith('$');
}

/** Updates (or removes) the first match, or upserts; `undefined` when nothing matched. */
export function* updateFirst(
  op: Operation,
  request: UpdateRequest,
): WriteWork<Replaced | Upserted | undefined> {
  const { filter, vars, sort, hint } = request;
  const matches = compileFilter(filter, vars);
  const next = nextOf(op, request);
  for (let attempt = 0; ; attempt++) {
    const collection = op.collection(request.collection);
    const [found] = collection
      ? findRows(op.view, collection, { filter, sort, hint, vars, matches, limit: 1 })
      : [];
    if (collection && found) {
      const replaced = yield* replaceDocument(op, collection, found.idKey, matches, next, found.row);
      if (replaced) return replaced;
      continue;
    }
    if (!request.upsert) return undefined;
    try {
      return yield* upsert(op, request);
    } catch (error) {
      // Another writer may have made the document while this one waited for it: then it is there to update.
      if (!(error instanceof CommandError) || error.code !== 11000 || attempt > 2 || !appeared(op, request))
        throw error;
    }
  }
}

function appeared(op: Operation, { collection, filter, vars }: UpdateRequest): boolean {
  const [found] = findRows(op.view, op.collection(collection), { filter, vars, limit: 1 });
  return found !== undefined;
}

/** Updates every match, or upserts. */
export function* updateAll(
  op: Operation,
  request: UpdateRequest,
): WriteWork<{ matched: number; modified: number } | Upserted> {
  const { filter, vars, hint } = request;
  const matches = compileFilter(filter, vars);
  const next = nextOf(op, request);
  const collection = op.collection(request.collection);
  // The keys are taken down first, so that a document moved along the index by its update is not met twice.
  const found = Array.from(findRows(op.view, collection, { filter, hint, vars, matches }), (one, index) => ({
    idKey: one.idKey,
    row: index < HELD ? one.row : undefined,
  }));
  if (found.length === 0 && request.upsert) return yield* upsert(op, request);
  let matched = 0;
  let modified = 0;
  for (const { idKey, row } of found) {
    const replaced = collection && (yield* replaceDocument(op, collection, idKey, matches, next, row));
    if (replaced) matched += 1;
    if (replaced?.modified) modified += 1;
    yield undefined;
  }
  return { matched, modified };
}

function nextOf(op: Operation, request: UpdateRequest): (doc: Doc) => Doc | undefined {
  const { update } = request;
  let change: ((doc: Doc) => Doc) | undefined;
  return (doc) =>
    update && (change ??= compileUpdate(update, { ...optionsOf(op, request), filter: request.filter }))(doc);
}

function optionsOf(
  op: Operation,
  { arrayFilters, vars }: UpdateRequest,
): { now: Date; vars: Doc; arrayFilters?: Doc[] } {
  return { now: op.now, vars, ...(arrayFilters ? { arrayFilters } : {}) };
}

function* upsert(op: Operation, request: UpdateRequest): WriteWork<Upserted> {
  const seed = upsertSeed(request.filter);
  const made = request.update
    ? compileUpdate(request.update, { ...optionsOf(op, request), isUpsertInsert: true })(seed)
    : seed;
  const seedId = seed['_id'];
  if (seedId !== undefined && made['_id'] === undefined) setField(made, '_id', seedId);
  const prepared = withIdFirst(made === seed ? Object.assign(newDoc(), made) : made);
  yield* insertDocument(op, op.collectionForWrite(request.collection), prepared);
  return { upsertedId: prepared.doc['_id'] ?? null, after: prepared.doc };
}
