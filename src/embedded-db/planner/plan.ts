// Chooses how to read a collection for a filter and a sort: by `_id`, by an index, by several for `$or`, or all of it.
import type { Collection, Index } from '../catalog/catalog-types.ts';
import { CommandError } from '../errors.ts';
import { isDoc, keysOf, type Doc, type Value } from '../query/bson.ts';
import { equalValues } from '../query/compare.ts';
import type { View } from '../storage/view.ts';
import { numberOf } from '../wire/fields.ts';
import { accessBy, primaryOf, scannable, type Access, type Scannable, type SortSpec } from './access.ts';
import { readConditions, type Conditions } from './conditions.ts';
import { impliesPartial } from './partial.ts';

export type Plan =
  | { readonly stage: 'COLLSCAN' | 'IDHACK' | 'IXSCAN'; readonly access: Access; readonly sorted: boolean }
  | { readonly stage: 'OR'; readonly branches: readonly Plan[]; readonly sorted: false };

interface PlanRequest {
  readonly filter: Doc;
  readonly sort?: Doc | undefined;
  readonly hint?: Value | undefined;
}

const PROBE = 100;

/** The plan for a request. A hint that names no index is BadValue (2). */
export function choosePlan(view: View, collection: Collection, request: PlanRequest): Plan {
  const conditions = readConditions(request.filter);
  const sort = sortSpec(request.sort);
  const hinted = request.hint === undefined ? undefined : hintedIndex(collection, request.hint);
  const primary = accessBy(primaryOf(collection), conditions, sort ?? []);
  if (hinted) return planOf(accessBy(hinted, conditions, sort ?? []), sort);
  if (request.hint !== undefined)
    return planOf(accessBy(primaryOf(collection), { ...conditions, byPath: new Map() }, sort ?? []), sort);
  if (primary.equalities > 0) return planOf(primary, sort);
  const usable = collection.indexes.filter((index) => isUsable(index, conditions, request.filter));
  const found = [primary, ...usable.map((index) => accessBy(scannable(index), conditions, sort ?? []))];
  const bounded = found.filter((access) => access.equalities > 0 || access.ranged);
  if (bounded.length > 0) return planOf(best(view, bounded), sort);
  const alternatives = planAlternatives(view, collection, conditions);
  if (alternatives) return alternatives;
  const inOrder =
    sort && sort.length > 0 ? found.find((access) => access.sorted && isFull(collection, access)) : undefined;
  return planOf(inOrder ?? primary, sort);
}

function planOf(access: Access, sort: SortSpec | undefined): Plan {
  const bounded = access.equalities > 0 || access.ranged;
  const sorted = sort !== undefined && access.sorted;
  if (!access.index.primary) return { stage: 'IXSCAN', access, sorted };
  if (access.equalities > 0) return { stage: 'IDHACK', access, sorted };
  return { stage: bounded || (sorted && sort.length > 0) ? 'IXSCAN' : 'COLLSCAN', access, sorted };
}

// Few matches beat everything; else more equalities, then a served sort, then a range.
function best(view: View, candidates: readonly Access[]): Access {
  const [only] = candidates;
  if (only && candidates.length === 1) return only;
  const unique = candidates.find(
    (access) => access.index.unique && access.equalities === access.index.fields.length,
  );
  if (unique) return unique;
  const scored = candidates.map((access) => ({
    access,
    found: probe(view, access),
    score:
      access.equalities * 2 +
      (access.sorted ? 1.5 : 0) +
      (access.ranged ? 1 : 0) -
      access.index.fields.length / 100,
  }));
  scored.sort((a, b) => a.found - b.found || b.score - a.score);
  return (scored[0] ?? { access: candidates[0] as Access }).access;
}

function probe(view: View, access: Access): number {
  let found = 0;
  for (const { ranges } of access.groups) {
    for (const range of ranges) {
      found += view.range({ ...range, limit: PROBE - found }).length;
      if (found >= PROBE) return PROBE;
    }
  }
  return found;
}

function planAlternatives(view: View, collection: Collection, conditions: Conditions): Plan | undefined {
  for (const branches of conditions.alternatives) {
    const plans = branches.map((filter) => choosePlan(view, collection, { filter, sort: undefined }));
    if (plans.every((plan) => plan.stage !== 'COLLSCAN'))
      return { stage: 'OR', branches: plans, sorted: false };
  }
  return undefined;
}

function isUsable(index: Index, conditions: Conditions, filter: Doc): boolean {
  if (index.building) return false;
  if (index.partial && !impliesPartial(filter, index.partial.filter)) return false;
  if (!index.sparse) return true;
  // A sparse index lacks documents without any of its fields: some condition must rule them out.
  return index.fields.some(({ path }) =>
    conditions.byPath
      .get(path)
      ?.some((bounds) => bounds.intervals.length > 0 && bounds.intervals.every(excludesMissing)),
  );
}

const NULL_KEY = 0x10;
const excludesMissing = (interval: { lower: { prefix: Buffer } }): boolean =>
  (interval.lower.prefix[0] ?? 0) > NULL_KEY;

function isFull(collection: Collection, access: Access): boolean {
  const index = collection.indexes.find((one) => one.table === access.index.table);
  return !index || (!index.sparse && !index.partial);
}

function hintedIndex(collection: Collection, hint: Value): Scannable | undefined {
  if (isDoc(hint) && hint['$natural'] !== undefined) return undefined;
  if (hint === '_id_' || (isDoc(hint) && keysOf(hint).join() === '_id')) return primaryOf(collection);
  const index = collection.indexes.find(
    (one) =>
      !one.building && (one.name === hint || (isDoc(hint) && equalValues(one.spec['key'] as Doc, hint))),
  );
  if (!index)
    throw new CommandError(
      2,
      'error processing query: planner returned error: hint provided does not correspond to an existing index',
    );
  return scannable(index);
}

// `undefined` for no sort at all, or for one that only sorting in memory can give.
function sortSpec(sort: Doc | undefined): SortSpec | undefined {
  if (!sort) return [];
  const spec = [];
  for (const path of keysOf(sort)) {
    const order = numberOf(sort[path]);
    if (order === undefined) return undefined;
    spec.push({ path, descending: order < 0 });
  }
  return spec;
}
