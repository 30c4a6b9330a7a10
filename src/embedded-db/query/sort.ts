// Sort specifications, compiled into a comparator.

import { isDoc, keysOf, type Doc, type Value } from './bson.ts';
import { compareValues } from './compare.ts';
import { QueryError, unsupported } from './errors.ts';
import { approximateSize, MemoryBudget, type Memory } from './memory.ts';
import { fieldPath } from './paths.ts';
import { spreadPaths } from './spread.ts';
import { wholeNumber } from './types.ts';

type SortKey = Value[];

/** What documents are sorted by: each one's key, made once however often it is compared, and the order of keys. */
export interface Order {
  keyOf: (doc: Doc) => SortKey;
  compare: (a: SortKey, b: SortKey) => number;
}

/** MongoDB's order by a specification: arrays sort by their lowest element ascending, by their highest descending. */
export function compileOrder(spec: Doc): Order {
  const signs = keysOf(spec).map((path) => direction(spec[path]!));
  const paths = keysOf(spec).map(fieldPath);
  const simple = paths.every((parts) => parts.length === 1);
  const compare = (a: SortKey, b: SortKey): number => {
    for (let index = 0; index < signs.length; index += 1) {
      const order = compareValues(a[index], b[index]);
      if (order !== 0) return order * signs[index]!;
    }
    return 0;
  };
  const keyOf = (doc: Doc): SortKey => {
    if (simple) {
      const key = paths.map((parts) => doc[parts[0]!] ?? null);
      if (!key.some(Array.isArray)) return key;
    }
    const keys = spreadPaths(doc, paths, parallelArrays).rows.map((row) => row.map((value) => value ?? null));
    return keys.reduce((best, key) => (compare(key, best) < 0 ? key : best));
  };
  return { keyOf, compare };
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

/** Where sorting stops: at `limit` items kept, and at what `memory` allows (292, 146). */
interface SortLimits {
  limit?: number | undefined;
  memory?: Memory | undefined;
}

/**
 * The items in order (stable), `hold` saying by which document each is sorted, what is held of it and the bytes that this takes;
 * with `limit` only the first ones are ever held. Nothing is read before the first is asked for.
 */
export function* sortBy<Given, Item>(
  source: Iterable<Given>,
  order: Order,
  hold: (one: Given) => { doc: Doc; item: Item; size: number },
  { limit = Infinity, memory }: SortLimits = {},
): Generator<Item, void, void> {
  type Held = { key: SortKey; item: Item; size: number };
  const compare = (a: Held, b: Held): number => order.compare(a.key, b.key);
  const budget = new MemoryBudget('$sort', memory);
  const room = limit * 2 + 1000;
  let held: Held[] = [];
  const trim = (): void => {
    held.sort(compare);
    for (const { size: freed } of held.slice(limit)) budget.release(freed);
    held = held.slice(0, limit);
  };
  try {
    for (const one of source) {
      const { doc, item, size } = hold(one);
      const key = order.keyOf(doc);
      if (held.length >= room || (held.length > limit && !budget.fits(size))) trim();
      budget.take(size);
      held.push({ key, item, size });
    }
    trim();
    for (const { item } of held) yield item;
  } finally {
    budget.end();
  }
}

/** The documents in order, as `sortBy` gives them. */
export function sortDocs(docs: Iterable<Doc>, order: Order, limits?: SortLimits): Generator<Doc, void, void> {
  return sortBy(docs, order, (doc) => ({ doc, item: doc, size: approximateSize(doc) }), limits);
}
