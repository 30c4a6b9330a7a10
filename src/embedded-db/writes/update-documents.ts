// Finds documents and changes or removes them; makes one where an upsert finds none.
import type { Collection } from '../catalog/catalog-types.ts';
import { CommandError } from '../errors.ts';
import { tableKey } from '../keys/table-key.ts';
import { findRows } from '../planner/find-rows.ts';
import type { Row } from '../planner/scan.ts';
import { decode, encode, keysOf, setField, type Doc, type Value } from '../query/bson.ts';
import { compileFilter } from '../query/filter.ts';
import { compileUpdate, upsertSeed } from '../query/update.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { planChange } from './document-change.ts';
import { insertDocument, withIdFirst } from './insert-document.ts';

interface UpdateRequest {
  readonly collection: string;
  readonly filter: Doc;
  /** Operators, a replacement or a pipeline; absent when the document is to be removed. */
  readonly update: Doc | Doc[] | undefined;
  readonly arrayFilters?: Doc[] | undefined;
  readonly upsert?: boolean;
  /** What an upsert makes, where that is not to come of filter and update. */
  readonly made?: Doc;
  readonly sort?: Doc | undefined;
  readonly hint?: Value | undefined;
  readonly vars: Doc;
}

interface Replaced {
  readonly before: Doc;
  readonly after: Doc;
  readonly modified: boolean;
}

interface Upserted {
  readonly upsertedId: Value;
  readonly after: Doc;
}

// Rows of an update of many that are kept decoded from finding them to changing them.
const HELD = 1_000;
const MOST_UPSERTS = 4;

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
  for (let upserts = 1; ;) {
    const collection = op.collection(request.collection);
    const [found] = findRows(op.view, collection, { filter, sort, hint, vars, matches, limit: 1 });
    if (collection && found) {
      const replaced = yield* replaceDocument(op, collection, found.idKey, matches, next, found);
      if (replaced) return replaced;
      continue;
    }
    if (!request.upsert) return undefined;
    try {
      return yield* upsert(op, request);
    } catch (error) {
      // Another writer may have made the document while this one waited for it: then it is there to update.
      if (!(error instanceof CommandError) || error.code !== 11000 || upserts++ === MOST_UPSERTS) throw error;
    }
  }
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
    row: index < HELD ? one : undefined,
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

/**
 * Replaces a stored document by `next(doc)`, or removes it where that is undefined; `undefined` when it no longer matches.
 * `found` is the row that matched a moment ago, if it is at hand: while it stands it is neither decoded nor matched again.
 */
export function* replaceDocument(
  op: Operation,
  collection: Collection,
  idKey: Buffer,
  matches: (doc: Doc) => boolean,
  next: (doc: Doc) => Doc | undefined,
  found?: Row,
): WriteWork<Replaced | undefined> {
  const documentKey = tableKey(collection.table, idKey);
  for (;;) {
    // In a transaction a command runs to its end at once, so what it found stands.
    const stored = op.transaction && found ? found.bytes : op.view.get(documentKey);
    if (!stored) return undefined;
    const isAsFound = found !== undefined && (stored === found.bytes || areSame(stored, found.bytes));
    const before = isAsFound ? found.doc : decode(stored);
    if (!isAsFound && !matches(before)) return undefined;
    const after = next(before);
    if (after === before) return { before, after, modified: false };
    const bytes = after && encode(after);
    if (bytes && areSame(stored, bytes)) return { before, after, modified: false };
    const change = planChange(collection, idKey, before, after && bytes && { doc: after, bytes });
    if (yield* op.change(collection, change)) return { before, after: after ?? before, modified: true };
  }
}

const areSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

// What becomes of a matching document; nothing where it is to be removed.
function nextOf(op: Operation, request: UpdateRequest): (doc: Doc) => Doc | undefined {
  // Compiled at once: a malformed update is refused whatever it finds.
  const change = changeOf(op, request, { filter: request.filter });
  return (doc) => change?.(doc);
}

function changeOf(
  { now }: Operation,
  { update, arrayFilters, vars }: UpdateRequest,
  purpose: { filter: Doc } | { isUpsertInsert: true },
): ((doc: Doc) => Doc) | undefined {
  return update && compileUpdate(update, { now, vars, ...(arrayFilters && { arrayFilters }), ...purpose });
}

function* upsert(op: Operation, request: UpdateRequest): WriteWork<Upserted> {
  const prepared = withIdFirst(request.made ?? seeded(op, request));
  yield* insertDocument(op, op.collectionForWrite(request.collection), prepared);
  return { upsertedId: prepared.doc['_id'] ?? null, after: prepared.doc };
}

function seeded(op: Operation, request: UpdateRequest): Doc {
  const seed = upsertSeed(request.filter, request.update !== undefined && isReplacement(request.update));
  const made = changeOf(op, request, { isUpsertInsert: true })?.(seed) ?? seed;
  const seedId = seed['_id'];
  if (seedId !== undefined && made['_id'] === undefined) setField(made, '_id', seedId);
  return made;
}
