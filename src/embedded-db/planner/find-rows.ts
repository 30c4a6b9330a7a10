// Runs a find: plan, scan, check the whole filter, sort, skip, limit.
import type { Collection } from '../catalog/catalog-types.ts';
import { CommandError } from '../errors.ts';
import { isDoc, keysOf, type Doc, type Value } from '../query/bson.ts';
import { compileFilter } from '../query/filter.ts';
import { fieldsLookedAt } from '../query/pipeline.ts';
import { compileKeyOrder, compileSortKey, sortKeyed, type Keyed, type SortKey } from '../query/sort.ts';
import type { View } from '../storage/view.ts';
import { choosePlan, type Plan } from './plan.ts';
import { storedRow } from './row.ts';
import { countKeys, scan, type Found } from './scan.ts';

export interface FindQuery {
  readonly filter: Doc;
  readonly sort?: Doc | undefined;
  readonly skip?: number | undefined;
  /** 0 for no limit. */
  readonly limit?: number | undefined;
  readonly hint?: Value | undefined;
  readonly vars?: Doc | undefined;
  /** The filter as compiled by a caller that needs it too. */
  readonly matches?: (doc: Doc) => boolean;
  /** Epoch ms after which the query stops with MaxTimeMSExpired (50). */
  readonly deadline?: number | undefined;
  /** The top-level fields of the documents that are looked at; left out: all. Their bytes are whole in any case. */
  readonly fields?: ReadonlySet<string> | undefined;
  /** Bytes a sort may hold; left out: MongoDB's 100 MB. */
  readonly memoryLimit?: number | undefined;
}

interface Order {
  readonly compareKeys: (a: SortKey, b: SortKey) => number;
  readonly keyOf: (doc: Doc) => SortKey;
}

/** The matching documents in order; errors of the filter are thrown at once, not while reading. */
export function findRows(
  view: View,
  collection: Collection | undefined,
  given: FindQuery,
): Generator<Found, void, void> {
  const query = withoutNatural(given);
  const matches = query.matches ?? compileFilter(query.filter, query.vars);
  const order: Order | undefined =
    query.sort && keysOf(query.sort).length > 0
      ? { compareKeys: compileKeyOrder(query.sort), keyOf: compileSortKey(query.sort) }
      : undefined;
  if (!collection) return nothing();
  const plan = choosePlan(view, collection, query);
  return read(view, collection, query, plan, matches, plan.sorted ? undefined : order);
}

// The natural order is that of `_id` here.
function withoutNatural(query: FindQuery): FindQuery {
  const { sort, hint } = query;
  const natural = sort?.['$natural'] ?? (!sort && isDoc(hint) ? hint['$natural'] : undefined);
  return natural === undefined ? query : { ...query, sort: { _id: natural } };
}

function* nothing(): Generator<Found, void, void> {}

function* read(
  view: View,
  collection: Collection,
  query: FindQuery,
  plan: Plan,
  matches: (doc: Doc) => boolean,
  order: Order | undefined,
): Generator<Found, void, void> {
  const { skip = 0, limit = 0, memoryLimit, fields } = query;
  const all = keysOf(query.filter).length === 0;
  const found = matching(scan(view, collection, plan, fields), all ? undefined : matches, query.deadline);
  let skipped = 0;
  let given = 0;
  const ordered = order
    ? sortKeyed(keyed(found, order, fields), order.compareKeys, {
        limit: limit === 0 ? Infinity : skip + limit,
        memoryLimit,
      })
    : found;
  for (const one of ordered) {
    if (skipped < skip) {
      skipped += 1;
      continue;
    }
    yield one;
    given += 1;
    if (given === limit) return;
  }
}

function* matching(
  source: Iterable<Found>,
  matches: ((doc: Doc) => boolean) | undefined,
  deadline: number | undefined,
): Generator<Found, void, void> {
  let seen = 0;
  for (const found of source) {
    if (deadline !== undefined && (++seen & 255) === 0 && performance.now() > deadline) {
      throw new CommandError(50, 'operation exceeded time limit');
    }
    if (!matches || matches(found.row.doc)) yield found;
  }
}

// What waits for its turn is held as bytes: decoded documents take several times their room.
function* keyed(
  source: Iterable<Found>,
  { keyOf }: Order,
  fields: FindQuery['fields'],
): Iterable<Keyed<Found>> {
  for (const { idKey, row } of source) {
    const { bytes } = row;
    yield { key: keyOf(row.doc), item: { idKey, row: storedRow(bytes, fields) }, size: bytes.length };
  }
}

/** How many documents match; by index keys alone where an index says it exactly. */
export function countRows(view: View, collection: Collection | undefined, query: FindQuery): number {
  const { filter, skip = 0, limit = 0 } = query;
  const matches = compileFilter(filter, query.vars);
  if (!collection) return 0;
  const plan = choosePlan(view, collection, { filter, sort: undefined, hint: query.hint });
  let total = 0;
  if (plan.stage !== 'OR' && plan.access.exact) total = countKeys(view, plan.access);
  else {
    const wanted = limit === 0 ? Infinity : skip + limit;
    const found = matching(scan(view, collection, plan, fieldsLookedAt(filter)), matches, query.deadline);
    while (total < wanted && !found.next().done) total += 1;
  }
  const left = Math.max(0, total - skip);
  return limit === 0 ? left : Math.min(left, limit);
}
