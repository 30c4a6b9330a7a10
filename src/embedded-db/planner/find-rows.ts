// Runs a find: plan, scan, check the whole filter, sort, skip, limit.
import type { Collection } from '../catalog/catalog-types.ts';
import { isDoc, keysOf, type Doc, type Value } from '../query/bson.ts';
import { compileFilter } from '../query/filter.ts';
import type { Memory } from '../query/memory.ts';
import { fieldsLookedAt, inTime } from '../query/pipeline.ts';
import { compileOrder, sortBy, type Order } from '../query/sort.ts';
import type { View } from '../storage/view.ts';
import { choosePlan, type Plan } from './plan.ts';
import { countKeys, Found, scan } from './scan.ts';

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
  /** Time of `performance.now()` after which the query stops with MaxTimeMSExpired (50). */
  readonly deadline?: number | undefined;
  /** The top-level fields of the documents that are looked at; left out: all. Their bytes are whole in any case. */
  readonly fields?: ReadonlySet<string> | undefined;
  /** What a sort may hold; left out: MongoDB's 100 MB. */
  readonly memory?: Memory | undefined;
}

/** The matching documents in order; errors of the filter are thrown at once, not while reading. */
export function findRows(view: View, collection: Collection | undefined, given: FindQuery): Iterable<Found> {
  const query = {
    ...given,
    sort: sortOf(given),
    matches: given.matches ?? compileFilter(given.filter, given.vars),
  };
  const order = query.sort && compileOrder(query.sort);
  if (!collection) return [];
  const plan = choosePlan(view, collection, query);
  return read(view, collection, query, plan, plan.sorted ? undefined : order);
}

// The natural order is that of `_id` here.
function sortOf({ sort, hint }: FindQuery): Doc | undefined {
  const natural = sort?.['$natural'] ?? (!sort && isDoc(hint) ? hint['$natural'] : undefined);
  if (natural !== undefined) return { _id: natural };
  return sort && keysOf(sort).length > 0 ? sort : undefined;
}

function* read(
  view: View,
  collection: Collection,
  query: FindQuery,
  plan: Plan,
  order: Order | undefined,
): Generator<Found, void, void> {
  const { skip = 0, limit = 0, memory, fields } = query;
  const last = limit === 0 ? Infinity : skip + limit;
  const found = matching(scan(view, collection, plan, fields), query);
  // What waits for its turn is held as bytes: decoded documents take several times their room.
  const hold = ({ idKey, bytes, doc }: Found) => {
    return { doc, item: new Found(idKey, bytes, fields), size: bytes.length };
  };
  const ordered = order ? sortBy(found, order, hold, { limit: last, memory }) : found;
  let met = 0;
  for (const one of ordered) {
    if (++met > skip) yield one;
    if (met === last) return;
  }
}

function* matching(
  source: Iterable<Found>,
  { filter, matches, deadline }: FindQuery,
): Generator<Found, void, void> {
  const all = keysOf(filter).length === 0;
  for (const found of deadline === undefined ? source : inTime(source, deadline)) {
    if (all || !matches || matches(found.doc)) yield found;
  }
}

/** How many documents match; by index keys alone where an index says it exactly. */
export function countRows(view: View, collection: Collection | undefined, query: FindQuery): number {
  const { filter, hint, skip = 0, limit = 0 } = query;
  const matches = compileFilter(filter, query.vars);
  if (!collection) return 0;
  const plan = choosePlan(view, collection, { filter, hint });
  if (plan.stage !== 'OR' && plan.access.exact) {
    const left = Math.max(0, countKeys(view, plan.access) - skip);
    return limit === 0 ? left : Math.min(left, limit);
  }
  let total = 0;
  const counted = { ...query, matches, fields: fieldsLookedAt(filter) };
  const found = read(view, collection, counted, plan, undefined);
  while (!found.next().done) total += 1;
  return total;
}
