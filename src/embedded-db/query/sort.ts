// Sort specifications, compiled into a comparator.

import { BsonUndefined, isDoc, keysOf, type Doc, type Value } from './bson.ts';
import { compareValues } from './compare.ts';
import { QueryError, unsupported } from './errors.ts';
import { approximateSize, MemoryBudget } from './memory.ts';
import { fieldPath, isIndex } from './paths.ts';
import { wholeNumber } from './types.ts';

export type SortKey = Value[];
const EMPTY_ARRAY = new BsonUndefined();

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
    return expandKeys(paths.map((parts) => follow(doc, parts))).reduce((best, key) =>
      compareKeys(key, best) < 0 ? key : best,
    );
  };
}

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

/** Where a path has come to in a document: a value, or an array that is still to be expanded along `rest`. */
interface Reached {
  value: Value | undefined;
  rest: readonly string[];
  expand: boolean;
}

const settled = (value: Value | undefined): Reached => ({ value, rest: [], expand: false });

function follow(start: Value | undefined, parts: readonly string[]): Reached {
  let value = start;
  for (let depth = 0; depth < parts.length; depth += 1) {
    if (Array.isArray(value)) return { value, rest: parts.slice(depth), expand: true };
    if (!isDoc(value)) return settled(undefined);
    value = value[parts[depth]!];
  }
  return { value, rest: [], expand: Array.isArray(value) };
}

// All keys an index on these paths would hold for the document: one for each element of the one array on the paths.
function expandKeys(reached: Reached[]): SortKey[] {
  const array = reached.find(({ expand }) => expand)?.value as Value[] | undefined;
  if (array === undefined) return [reached.map(({ value }) => value ?? null)];
  if (reached.some(({ value, expand }) => expand && value !== array)) {
    throw new QueryError(2, 'cannot sort with keys that are parallel arrays');
  }
  const elements: Value[] = array.length === 0 ? [EMPTY_ARRAY] : array;
  const named = reached.map((each) => (each.expand ? elementNamed(array, each.rest) : each));
  return elements.flatMap((element) =>
    expandKeys(
      reached.map(
        ({ rest }, index) =>
          named[index] ??
          (rest.length === 0 ? settled(element) : follow(isDoc(element) ? element : null, rest)),
      ),
    ),
  );
}

// A path that goes on with an index means that element, which as the path's end is not expanded.
function elementNamed(array: Value[], [part, ...rest]: readonly string[]): Reached | undefined {
  if (part === undefined || !isIndex(part) || Number(part) >= array.length) return undefined;
  if (array.some((element) => isDoc(element) && element[part] !== undefined)) {
    throw new QueryError(
      16746,
      `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${part}'`,
    );
  }
  const element = array[Number(part)];
  if (rest.length === 0 && Array.isArray(element))
    return settled(element.length === 0 ? EMPTY_ARRAY : element);
  return follow(element, rest);
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
