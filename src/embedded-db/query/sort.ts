// Sort specifications, compiled into a comparator.

import { isDoc, keysOf, type Doc, type Value } from './bson.ts';
import { compareValues } from './compare.ts';
import { QueryError, unsupported } from './errors.ts';
import { approximateSize, MemoryBudget } from './memory.ts';
import { fieldPath } from './paths.ts';
import { spreadPaths } from './spread.ts';
import { wholeNumber } from './types.ts';

export type SortKey = Value[];

/** A comparator in MongoDB's order: arrays sort by their lowest element ascending, by their highest descending. */
export function compileSort(spec: Doc): (a: Doc, b: Doc) => number {
  const compareKeys = compileKeyOrder(spec);
  const keyOf = compileSortKey(spec);
  return (a, b) => compareKeys(keyOf(a), keyOf(b));
}

/** Compares two sort keys (see `compileSortKey`) field by field. */
export function compileKeyOrder(spec: Doc): (a: SortKey, b: SortKey) => number {
  const signs = keysOf(spec).map((path) => direction(spec[path]!));
  return (a, b) => {
    for (let index = 0; index < signs.length; index += 1) {
      const order = compareValues(a[index], b[index]);
      if (order !== 0) return order * signs[index]!;
    }
    return 0;
  };
}

/** A function that gives a document's sort key: sorting many documents computes it once for each. */
export function compileSortKey(spec: Doc): (doc: Doc) => SortKey {
  const paths = keysOf(spec).map(fieldPath);
  const compareKeys = compileKeyOrder(spec);
  const simple = paths.every((parts) => parts.length === 1);
  return (doc) => {
    if (simple) {
      const key = paths.map((parts) => doc[parts[0]!] ?? null);
      if (!key.some(Array.isArray)) return key;
    }
    const keys = spreadPaths(doc, paths, parallelArrays).rows.map((row) => row.map((value) => value ?? null));
    return keys.reduce((best, key) => (compareKeys(key, best) < 0 ? key : best));
  };
}

const parallelArrays = (): QueryError => new QueryError(2, 'cannot sort with keys that are parallel arrays');

function direction(value: Value): 1 | -1 {
  if (isDoc(value)) {
    if (Object.hasOwn(value, '$meta')) throw unsupported('Sorting by $meta', 2);
    throw new QueryError(2, 'Illegal key in $sort specification');
  }
  const number = wholeNumber(value);
  if (number !== 1 && number !== -1) {
    throw new QueryError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  }
  return number;
}

/** Where sorting stops: at `limit` items kept, and at `memoryLimit` bytes held (292). */
interface SortLimits {
  limit?: number | undefined;
  memoryLimit?: number | undefined;
}

/** What is sorted, with its sort key and the bytes that holding it takes. */
export interface Keyed<Item> {
  key: SortKey;
  item: Item;
  size: number;
}

/** The items in order (stable); with `limit` only the first ones are ever held. */
export function sortKeyed<Item>(
  source: Iterable<Keyed<Item>>,
  compareKeys: (a: SortKey, b: SortKey) => number,
  { limit = Infinity, memoryLimit }: SortLimits = {},
): Item[] {
  const compare = (a: Keyed<Item>, b: Keyed<Item>): number => compareKeys(a.key, b.key);
  const budget = new MemoryBudget('$sort', memoryLimit);
  const room = limit * 2 + 1000;
  let held: Keyed<Item>[] = [];
  const trim = (): void => {
    held.sort(compare);
    for (const { size: freed } of held.slice(limit)) budget.release(freed);
    held = held.slice(0, limit);
  };
  for (const one of source) {
    if (held.length >= room || (held.length > limit && !budget.fits(one.size))) trim();
    budget.take(one.size);
    held.push(one);
  }
  held.sort(compare);
  return held.slice(0, limit).map(({ item }) => item);
}

/** The documents in order, as `sortKeyed` gives them. */
export function sortDocs(docs: Iterable<Doc>, spec: Doc, limits?: SortLimits): Doc[] {
  const keyOf = compileSortKey(spec);
  return sortKeyed(keyed(), compileKeyOrder(spec), limits);

  function* keyed(): Generator<Keyed<Doc>, void, void> {
    for (const doc of docs) yield { key: keyOf(doc), item: doc, size: approximateSize(doc) };
  }
}
