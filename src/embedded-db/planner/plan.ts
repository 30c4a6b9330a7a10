// Chooses how to read a collection for a filter and a sort: by `_id`, by an index, by several for `$or`, or all of it.
import type { Collection, Index } from '../catalog/catalog-types.ts';
import { CommandError } from '../errors.ts';
import { isDoc, keysOf, type Doc, type Value } from '../query/bson.ts';
import { equalValues } from '../query/compare.ts';
import { RANK } from '../query/types.ts';
import type { View } from '../storage/view.ts';
import { numberOf } from '../wire/fields.ts';
import { accessBy, type Access, type SortSpec } from './access.ts';
import { impliesPartial, readConditions, type Conditions } from './conditions.ts';

export type Plan =
  | { readonly stage: 'COLLSCAN' | 'IDHACK' | 'IXSCAN'; readonly access: Access; readonly sorted: boolean }
  | { readonly stage: 'OR'; readonly branches: readonly Plan[]; readonly sorted: false };

const PROBE = 100;

/** The plan for a request. A hint that names no index is BadValue (2). */
export function choosePlan(
  view: View,
  collection: Collection,
  { filter, sort, hint }: { filter: Doc; sort?: Doc | undefined; hint?: Value | undefined },
): Plan {
  const conditions = readConditions(filter);
  const descends = (path: string): boolean => (numberOf(sort?.[path]) ?? 1) < 0;
  const wanted: SortSpec = keysOf(sort ?? {}).map((path) => ({ path, descending: descends(path) }));
  const by = (index: Index): Access => accessBy(index, conditions, wanted);
  const planOf = (access: Access): Plan => {
    const isPrimary = access.index === collection.primary;
    if (isPrimary && access.equalities > 0) return { stage: 'IDHACK', access, sorted: access.sorted };
    const whole = isPrimary && !access.ranged && !(access.sorted && wanted.length > 0);
    return { stage: whole ? 'COLLSCAN' : 'IXSCAN', access, sorted: access.sorted };
  };
  if (hint !== undefined) return planOf(by(hintedIndex(collection, hint)));
  const primary = by(collection.primary);
  if (primary.equalities > 0) return planOf(primary);
  const usable = collection.indexes.filter((index) => isUsable(index, conditions, filter));
  const found = [primary, ...usable.map(by)];
  const bounded = found.filter((access) => access.equalities > 0 || access.ranged);
  if (bounded.length > 0) return planOf(best(view, bounded));
  const inOrder = found.find(({ sorted, index }) => sorted && !index.sparse && !index.partial);
  return planAlternatives(view, collection, conditions) ?? planOf(inOrder ?? primary);
}

// Few matches beat everything; else more equalities, then a served sort, then a range.
function best(view: View, candidates: readonly Access[]): Access {
  const unique = candidates.find(
    ({ index, equalities }) => index.unique && equalities === index.fields.length,
  );
  if (candidates.length === 1 || unique) return unique ?? candidates[0]!;
  const scored = candidates.map((access) => {
    const { equalities, sorted, ranged, index } = access;
    const score = equalities * 2 + (sorted ? 1.5 : 0) + (ranged ? 1 : 0) - index.fields.length / 100;
    return { access, found: probe(view, access), score };
  });
  scored.sort((a, b) => a.found - b.found || b.score - a.score);
  return scored[0]!.access;
}

function probe(view: View, { ranges }: Access): number {
  let found = 0;
  for (const { start, end } of ranges) {
    found += view.range({ start, end, limit: PROBE - found }).length;
    if (found >= PROBE) break;
  }
  return found;
}

function planAlternatives(view: View, collection: Collection, conditions: Conditions): Plan | undefined {
  for (const filters of conditions.alternatives) {
    const branches = filters.map((filter) => choosePlan(view, collection, { filter }));
    if (branches.every((plan) => plan.stage !== 'COLLSCAN')) return { stage: 'OR', branches, sorted: false };
  }
  return undefined;
}

function isUsable(index: Index, { byPath }: Conditions, filter: Doc): boolean {
  if (index.building || (index.partial && !impliesPartial(filter, index.partial.filter))) return false;
  if (!index.sparse) return true;
  // A sparse index lacks documents without any of its fields: some condition must rule them out.
  const conditions = index.fields.flatMap(({ path }) => byPath.get(path) ?? []);
  return conditions.some(
    ({ intervals }) => intervals.length > 0 && intervals.every(({ start }) => start[0]! > RANK.null),
  );
}

function hintedIndex(collection: Collection, hint: Value): Index {
  const named = ({ name, spec }: Index): boolean =>
    isDoc(hint) ? equalValues(spec['key'], hint) : name === hint;
  // The natural order is that of `_id` here.
  if (isDoc(hint) && hint['$natural'] !== undefined) return collection.primary;
  const index = [collection.primary, ...collection.indexes].find((one) => !one.building && named(one));
  if (!index)
    throw new CommandError(
      2,
      'error processing query: planner returned error: hint provided does not correspond to an existing index',
    );
  return index;
}
