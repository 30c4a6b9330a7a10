// One document's change with all its index entries: checked as a whole first, then put without a step that could fail.
import type { Collection, Index } from '../catalog/catalog-types.ts';
import { CommandError } from '../errors.ts';
import { extractKeys, type ExtractedKeys } from '../keys/extract.ts';
import { above, tableKey } from '../keys/table-key.ts';
import { BsonUndefined, docOf, type Doc, type Value } from '../query/bson.ts';
import { sameValue } from '../query/compare.ts';
import type { Row } from '../query/spread.ts';
import type { View } from '../storage/view.ts';

const MAX_KEY = 3900;
const MAX_DOCUMENT = 16 * 1024 * 1024;

export interface DocumentChange {
  readonly idKey: Buffer;
  /** What has to be locked: the document and every unique key it gains or loses. */
  readonly claims: string[];
  readonly puts: (readonly [Buffer, Buffer])[];
  readonly removes: Buffer[];
  readonly gainedUnique: { readonly index: Index; readonly prefix: Buffer; readonly values: Row }[];
  readonly multikey: { readonly index: Index; readonly met: readonly boolean[] }[];
}

/** The change from `before` to `after` (either may be absent). KeyTooLong (17280), parallel arrays (171), too large (10334). */
export function planChange(
  collection: Collection,
  idKey: Buffer,
  before: Doc | undefined,
  after: { readonly doc: Doc; readonly bytes: Uint8Array } | undefined,
): DocumentChange {
  if (after && after.bytes.length > MAX_DOCUMENT) {
    throw new CommandError(
      10334,
      `BSONObj size: ${after.bytes.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT}`,
    );
  }
  const change = noChange(idKey);
  const documentKey = checkedKey(collection.table, idKey);
  change.claims.push(documentKey.toString('latin1'));
  if (after) change.puts.push([documentKey, Buffer.from(after.bytes)]);
  else change.removes.push(documentKey);
  for (const index of collection.indexes)
    if (!before || !after || !keepsKeys(index, before, after.doc))
      addEntries(change, index, before && indexKeys(index, before), after && indexKeys(index, after.doc));
  return change;
}

/** The entries that a new index gets for a document that is there. Errors as above. */
export function planEntries(index: Index, idKey: Buffer, doc: Doc): DocumentChange {
  const change = noChange(idKey);
  addEntries(change, index, undefined, indexKeys(index, doc));
  return change;
}

function noChange(idKey: Buffer): DocumentChange {
  return { idKey, claims: [], puts: [], removes: [], gainedUnique: [], multikey: [] };
}

function addEntries(
  { idKey, claims, puts, removes, gainedUnique, multikey }: DocumentChange,
  index: Index,
  old: ExtractedKeys | undefined,
  fresh: ExtractedKeys | undefined,
): void {
  if (fresh?.multikey.includes(true)) multikey.push({ index, met: fresh.multikey });
  for (const { bytes, values } of keysBut(fresh, old)) {
    puts.push([checkedKey(index.table, bytes, idKey), idKey]);
    if (!index.unique) continue;
    const prefix = tableKey(index.table, bytes);
    gainedUnique.push({ index, prefix, values });
    claims.push(prefix.toString('latin1'));
  }
  for (const { bytes } of keysBut(old, fresh)) {
    removes.push(tableKey(index.table, bytes, idKey));
    if (index.unique) claims.push(tableKey(index.table, bytes).toString('latin1'));
  }
}

function keysBut(some: ExtractedKeys | undefined, others: ExtractedKeys | undefined): ExtractedKeys['keys'] {
  if (!some || !others) return some?.keys ?? [];
  return some.keys.filter(({ bytes }) => !others.keys.some((key) => key.bytes.equals(bytes)));
}

// A key of a table, refused where LMDB cannot hold it: KeyTooLong (17280).
function checkedKey(table: number, ...parts: Buffer[]): Buffer {
  const key = tableKey(table, ...parts);
  if (key.length <= MAX_KEY) return key;
  throw new CommandError(
    17280,
    `index key of ${key.length} bytes is too long, the limit is ${MAX_KEY} bytes`,
  );
}

// Most changes leave most indexes alone: nothing they look at is different, so no key is made to find that out.
function keepsKeys({ reads }: Index, before: Doc, after: Doc): boolean {
  return reads !== undefined && [...reads].every((name) => sameValue(before[name], after[name]));
}

/** The keys of `doc` in `index`; none where the index is sparse or partial and leaves the document out. */
export function indexKeys(index: Index, doc: Doc): ExtractedKeys | undefined {
  if (index.partial && !index.partial.matches(doc)) return undefined;
  const extracted = extractKeys(doc, index.fields);
  return index.sparse && extracted.allMissing ? undefined : extracted;
}

/** Duplicate key (11000) with keyPattern and keyValue when another document holds a unique key of the change. */
export function checkUnique(view: View, collection: Collection, change: DocumentChange): void {
  for (const { index, prefix, values } of change.gainedUnique) {
    const holders = view.range({ start: prefix, end: above(prefix), limit: 2 });
    if (holders.some((entry) => !entry.value.equals(change.idKey)))
      throw duplicateKey(collection, index, values);
  }
}

/** The duplicate key error of MongoDB for these values of an index. */
export function duplicateKey(collection: Collection, index: Index, values: Row): CommandError {
  // In an index an empty array stands as BSON's undefined.
  const told = values.map((value) => (value instanceof BsonUndefined ? [] : (value ?? null)));
  const fields = index.fields.map(({ path }, i) => [path, told[i] ?? null] as const);
  const shown = fields.map(([path, value]) => `${path}: ${shorten(value)}`).join(', ');
  return new CommandError(
    11000,
    `E11000 duplicate key error collection: ${collection.ns} index: ${index.name} dup key: { ${shown} }`,
    [],
    { keyPattern: index.spec['key'], keyValue: docOf(fields) },
  );
}

function shorten(value: Value): string {
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (typeof value === 'object' && value !== null && '_bsontype' in value)
    return `${String(value._bsontype)}('${String(value)}')`;
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item));
}

/** Puts a checked change into `view`. */
export function applyChange(view: View, change: DocumentChange): void {
  for (const key of change.removes) view.remove(key);
  for (const [key, value] of change.puts) view.put(key, value);
}
