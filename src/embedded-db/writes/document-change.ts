// One document's change with all its index entries: checked as a whole first, then put without a step that could fail.
import type { Collection, Index } from '../catalog/catalog-types.ts';
import { CommandError } from '../errors.ts';
import { extractKeys, type ExtractedKeys } from '../keys/extract.ts';
import { above, tableKey } from '../keys/table-key.ts';
import { keysOf, newDoc, setField, type Doc, type Value } from '../query/bson.ts';
import { sameValue } from '../query/update/same.ts';
import type { View } from '../storage/view.ts';

const MAX_KEY = 3900;
const MAX_DOCUMENT = 16 * 1024 * 1024;

export interface DocumentChange {
  /** What has to be locked: the document and every unique key it gains or loses. */
  readonly claims: readonly string[];
  readonly puts: readonly (readonly [Buffer, Buffer])[];
  readonly removes: readonly Buffer[];
  readonly gainedUnique: readonly GainedUnique[];
  readonly multikey: readonly { readonly index: Index; readonly met: readonly boolean[] }[];
  readonly idKey: Buffer;
}

interface GainedUnique {
  readonly index: Index;
  readonly prefix: Buffer;
  readonly values: readonly (Value | undefined)[];
}

/** The change from `before` to `after` (either may be absent). KeyTooLong (17280), parallel arrays (171), too large (10334). */
export function planChange(
  collection: Collection,
  idKey: Buffer,
  before: Doc | undefined,
  after: { readonly doc: Doc; readonly bytes: Uint8Array } | undefined,
): DocumentChange {
  const documentKey = tableKey(collection.table, idKey);
  if (after && after.bytes.length > MAX_DOCUMENT) {
    throw new CommandError(
      10334,
      `BSONObj size: ${after.bytes.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT}`,
    );
  }
  checkKey(documentKey);
  const claims = [documentKey.toString('latin1')];
  const puts: [Buffer, Buffer][] = after ? [[documentKey, Buffer.from(after.bytes)]] : [];
  const removes: Buffer[] = after ? [] : [documentKey];
  const gainedUnique: GainedUnique[] = [];
  const multikey: { index: Index; met: readonly boolean[] }[] = [];
  for (const index of collection.indexes) {
    if (before && after && keepsKeys(index, before, after.doc)) continue;
    const old = before && indexKeys(index, before);
    const fresh = after && indexKeys(index, after.doc);
    if (fresh?.multikey.includes(true)) multikey.push({ index, met: fresh.multikey });
    const [gained, lost] = difference(old, fresh);
    for (const { bytes, values } of gained) {
      const key = tableKey(index.table, bytes, idKey);
      checkKey(key);
      puts.push([key, idKey]);
      if (!index.unique) continue;
      const prefix = tableKey(index.table, bytes);
      gainedUnique.push({ index, prefix, values });
      claims.push(prefix.toString('latin1'));
    }
    for (const { bytes } of lost) {
      removes.push(tableKey(index.table, bytes, idKey));
      if (index.unique) claims.push(tableKey(index.table, bytes).toString('latin1'));
    }
  }
  return { claims, puts, removes, gainedUnique, multikey, idKey };
}

const readBy = new WeakMap<Index, readonly string[] | null>();

// The top-level fields an index looks at; null where its partial filter is more than conditions on fields.
function fieldsRead(index: Index): readonly string[] | null {
  let known = readBy.get(index);
  if (known !== undefined) return known;
  const paths = [
    ...index.fields.map(({ path }) => path),
    ...(index.partial ? keysOf(index.partial.filter) : []),
  ];
  const names = [...new Set(paths.map((path) => path.split('.', 1)[0] ?? ''))];
  known = names.some((name) => name === '' || name.startsWith('$')) ? null : names;
  readBy.set(index, known);
  return known;
}

// Most changes leave most indexes alone: nothing they look at is different, so no key is made to find that out.
function keepsKeys(index: Index, before: Doc, after: Doc): boolean {
  const fields = fieldsRead(index);
  return (
    fields !== null &&
    fields.every((name) => {
      const [old, fresh] = [before[name], after[name]];
      return old === fresh || (old !== undefined && fresh !== undefined && sameValue(old, fresh));
    })
  );
}

/** The keys of `doc` in `index`; none where the index is sparse or partial and leaves the document out. */
export function indexKeys(index: Index, doc: Doc): ExtractedKeys | undefined {
  if (index.partial && !index.partial.matches(doc)) return undefined;
  const extracted = extractKeys(doc, index.fields);
  return index.sparse && extracted.allMissing ? undefined : extracted;
}

type Key = ExtractedKeys['keys'][number];

function difference(
  old: ExtractedKeys | undefined,
  fresh: ExtractedKeys | undefined,
): [readonly Key[], readonly Key[]] {
  if (!old || !fresh) return [fresh?.keys ?? [], old?.keys ?? []];
  const only = (from: readonly Key[], other: readonly Key[]): Key[] =>
    from.filter(({ bytes }) => !other.some((key) => key.bytes.equals(bytes)));
  return [only(fresh.keys, old.keys), only(old.keys, fresh.keys)];
}

/** Refuses a key that LMDB cannot hold: KeyTooLong (17280). */
export function checkKey(key: Buffer): void {
  if (key.length > MAX_KEY)
    throw new CommandError(
      17280,
      `index key of ${key.length} bytes is too long, the limit is ${MAX_KEY} bytes`,
    );
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
export function duplicateKey(
  collection: Collection,
  index: Index,
  values: readonly (Value | undefined)[],
): CommandError {
  const keyValue = newDoc();
  index.fields.forEach(({ path }, i) => setField(keyValue, path, values[i] ?? null));
  const shown = index.fields.map(({ path }, i) => `${path}: ${shorten(values[i] ?? null)}`).join(', ');
  return new CommandError(
    11000,
    `E11000 duplicate key error collection: ${collection.ns} index: ${index.name} dup key: { ${shown} }`,
    [],
    { keyPattern: index.spec['key'], keyValue },
  );
}

function shorten(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'object' && value !== null && '_bsontype' in value)
    return `${String(value._bsontype)}('${String(value)}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  return (
    JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item)) ?? 'null'
  );
}

/** Puts a checked change into `view`. */
export function applyChange(view: View, change: DocumentChange): void {
  for (const key of change.removes) view.remove(key);
  for (const [key, value] of change.puts) view.put(key, value);
}
