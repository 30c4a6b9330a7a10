// Reads documents along a plan in chunks; nothing of the store stays open between two documents.
import type { Collection } from '../catalog/catalog-types.ts';
import { CommandError } from '../errors.ts';
import { tableKey } from '../keys/table-key.ts';
import { decode, encode, type Doc } from '../query/bson.ts';
import { chunksOf, type Entry, type View } from '../storage/view.ts';
import type { Access, ScanRange } from './access.ts';
import type { Plan } from './plan.ts';

/** One result document and its bytes. */
export interface Row {
  readonly doc: Doc;
  readonly bytes: Uint8Array;
}

/** A row of a document that a projection or pipeline made. */
export const madeRow = (doc: Doc): Row => ({ doc, bytes: encode(doc) });

/** A stored document, decoded when someone looks inside: all of it, or as far as the top-level `fields` go. */
export class Found implements Row {
  readonly idKey: Buffer;
  readonly bytes: Uint8Array;
  readonly #fields: ReadonlySet<string> | undefined;
  #doc: Doc | undefined;

  constructor(idKey: Buffer, bytes: Uint8Array, fields: ReadonlySet<string> | undefined) {
    this.idKey = idKey;
    this.bytes = bytes;
    this.#fields = fields;
  }

  get doc(): Doc {
    return (this.#doc ??= decode(this.bytes, this.#fields));
  }
}

/** The documents a plan reaches, each once; a superset of what the filter matches. */
export function* scan(
  view: View,
  collection: Collection,
  plan: Plan,
  fields?: ReadonlySet<string>,
): Generator<Found, void, void> {
  const seen = new Set<string>();
  const isNew = (idKey: Buffer): boolean => {
    const before = seen.size;
    return seen.add(idKey.toString('latin1')).size > before;
  };
  if (plan.stage === 'OR') {
    for (const branch of plan.branches)
      for (const found of scan(view, collection, branch, fields)) if (isNew(found.idKey)) yield found;
    return;
  }
  const { access } = plan;
  const isPrimary = access.index === collection.primary;
  const isIndexed = (): boolean =>
    isPrimary || collection.indexes.some(({ table }) => table === access.index.table);
  const mustStand = (): void => {
    if (!view.isStable && (collection.dropped || !isIndexed()))
      throw new CommandError(
        175,
        `${collection.ns}, or its index ${access.index.name}, was dropped meanwhile`,
      );
  };
  const entries = isPrimary && access.equalities > 0 ? byIds(view, access) : entriesOf(view, access);
  if (isPrimary) {
    for (const { key, value } of entries) {
      yield new Found(key.subarray(4), value, fields);
      mustStand();
    }
    return;
  }
  const mayRepeat = access.index.multikey.includes(true);
  for (const { value: idKey } of entries) {
    if (mayRepeat && !isNew(idKey)) continue;
    const bytes = view.get(tableKey(collection.table, idKey));
    if (bytes) yield new Found(idKey, bytes, fields);
    mustStand();
  }
}

// Each range is one `_id`, whose key is all there is to it: it is looked up, which costs a quarter of reading a range.
function* byIds(view: View, { ranges, reverse }: Access): Generator<Entry, void, void> {
  for (const { start: key } of reverse ? [...ranges].reverse() : ranges) {
    const value = view.get(key);
    if (value) yield { key, value };
  }
}

function entriesOf(view: View, { ranges, merge, reverse }: Access): Generator<Entry, void, void> {
  return merge ? merged(view, ranges, reverse) : inRanges(view, ranges, reverse);
}

function* inRanges(view: View, ranges: readonly ScanRange[], reverse: boolean): Generator<Entry, void, void> {
  for (const range of reverse ? [...ranges].reverse() : ranges)
    for (const chunk of chunksOf(view, range, reverse)) yield* chunk;
}

// Several ranges, each in the wanted order: always the smallest head next.
function* merged(view: View, ranges: readonly ScanRange[], reverse: boolean): Generator<Entry, void, void> {
  const heads = ranges.flatMap((range) => {
    const rest = inRanges(view, [range], reverse);
    const step = rest.next();
    return step.done ? [] : [{ entry: step.value, from: range.mergeFrom, rest }];
  });
  while (heads.length > 0) {
    const head = heads.reduce((least, next) => {
      const order = next.entry.key.compare(least.entry.key, least.from, undefined, next.from);
      return (reverse ? order > 0 : order < 0) ? next : least;
    });
    yield head.entry;
    const step = head.rest.next();
    if (step.done) heads.splice(heads.indexOf(head), 1);
    else head.entry = step.value;
  }
}

/** How many documents an exact plan reaches, counted by keys alone. */
export function countKeys(view: View, { ranges }: Access): number {
  return ranges.reduce((sum, { start, end }) => sum + view.count(start, end), 0);
}
