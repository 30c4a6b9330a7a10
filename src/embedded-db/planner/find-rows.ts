// Runs a find: plan, scan, check the whole filter, sort, skip, limit.
import type { Collection } from '../catalog/catalog-types.ts';
import { CommandError } from '../errors.ts';
import { isDoc, keysOf, type Doc, type Value } from '../query/bson.ts';
import { compileFilter } from '../query/filter.ts';
import { compileSort } from '../query/sort.ts';
import type { View } from '../storage/view.ts';
import { countKeys, scan, type Found } from './scan.ts';
import { choosePlan, type Plan } from './plan.ts';

export interface FindQuery {
  readonly filter: Doc;
  readonly sort?: Doc | undefined;
  readonly skip?: number;
  /** 0 for no limit. */
  readonly limit?: number;
  readonly hint?: Value | undefined;
  readonly vars?: Doc | undefined;
  /** The filter as compiled by a caller that needs it too. */
  readonly matches?: (doc: Doc) => boolean;
  /** Epoch ms after which the query stops with MaxTimeMSExpired (50). */
  readonly deadline?: number | undefined;
}

const SORT_MEMORY = 100 * 1024 * 1024;

/** The matching documents in order; errors of the filter are thrown at once, not while reading. */
export function findRows(
  view: View,
  collection: Collection | undefined,
  given: FindQuery,
): Generator<Found, void, void> {
  const query = withoutNatural(given);
  const matches = query.matches ?? compileFilter(query.filter, query.vars ? { vars: query.vars } : {});
  const compare = query.sort && keysOf(query.sort).length > 0 ? compileSort(query.sort) : undefined;
  if (!collection) return nothing();
  const plan = choosePlan(view, collection, query);
  return read(view, collection, query, plan, matches, plan.sorted ? undefined : compare);
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
  compare: ((a: Doc, b: Doc) => number) | undefined,
): Generator<Found, void, void> {
  const { skip = 0, limit = 0 } = query;
  const all = keysOf(query.filter).length === 0;
  const found = matching(scan(view, collection, plan), all ? undefined : matches, query.deadline);
  let skipped = 0;
  let given = 0;
  for (const one of compare ? sorted(found, compare, limit === 0 ? Infinity : skip + limit) : found) {
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

// Keeps no more than twice what is wanted; beyond 100 MB MongoDB refuses a sort in memory, and so does this.
function sorted(source: Iterable<Found>, compare: (a: Doc, b: Doc) => number, wanted: number): Found[] {
  let kept: Found[] = [];
  let bytes = 0;
  const byDoc = (a: Found, b: Found): number => compare(a.row.doc, b.row.doc);
  for (const found of source) {
    kept.push(found);
    bytes += found.row.bytes.length;
    if (kept.length > 2 * wanted + 1000) {
      kept = kept.sort(byDoc).slice(0, wanted);
      bytes = kept.reduce((sum, one) => sum + one.row.bytes.length, 0);
    }
    if (bytes > SORT_MEMORY) {
      throw new CommandError(
        292,
        'Sort exceeded memory limit of 104857600 bytes; external sorting is not supported by the embedded database: add an index, or set MONGODB_URI',
      );
    }
  }
  return kept.sort(byDoc).slice(0, wanted);
}

/** How many documents match; by index keys alone where an index says it exactly. */
export function countRows(view: View, collection: Collection | undefined, query: FindQuery): number {
  const { filter, skip = 0, limit = 0 } = query;
  const matches = compileFilter(filter, query.vars ? { vars: query.vars } : {});
  if (!collection) return 0;
  const plan = choosePlan(view, collection, { filter, sort: undefined, hint: query.hint });
  let total = 0;
  if (plan.stage !== 'OR' && plan.access.exact) total = countKeys(view, plan.access);
  else {
    const wanted = limit === 0 ? Infinity : skip + limit;
    const found = matching(scan(view, collection, plan), matches, query.deadline);
    while (total < wanted && !found.next().done) total += 1;
  }
  const left = Math.max(0, total - skip);
  return limit === 0 ? left : Math.min(left, limit);
}
