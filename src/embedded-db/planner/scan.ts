// Reads documents along a plan in chunks; nothing of the store stays open between two documents.
import type { Collection } from '../catalog/catalog-types.ts';
import { tableKey } from '../keys/table-key.ts';
import type { Entry, View } from '../storage/view.ts';
import type { Access, KeyRange } from './access.ts';
import type { Plan } from './plan.ts';
import { storedRow, type Row } from './row.ts';

const FIRST_CHUNK = 16;
const LARGEST_CHUNK = 512;

export interface Found {
  readonly idKey: Buffer;
  readonly row: Row;
}

/** The documents a plan reaches, each once; a superset of what the filter matches. */
export function* scan(
  view: View,
  collection: Collection,
  plan: Plan,
  fields?: ReadonlySet<string>,
): Generator<Found, void, void> {
  if (plan.stage === 'OR') {
    const seen = new Set<string>();
    for (const branch of plan.branches) {
      for (const found of scan(view, collection, branch, fields)) if (isNew(seen, found.idKey)) yield found;
    }
    return;
  }
  const { access } = plan;
  if (access.index.primary) {
    if (access.equalities > 0) {
      yield* byIds(view, access, fields);
      return;
    }
    for (const { key, value } of entriesOf(view, access))
      yield { idKey: key.subarray(4), row: storedRow(value, fields) };
    return;
  }
  const seen = access.index.multikey.includes(true) ? new Set<string>() : undefined;
  for (const { value: idKey } of entriesOf(view, access)) {
    if (seen && !isNew(seen, idKey)) continue;
    const bytes = view.get(tableKey(collection.table, idKey));
    if (bytes) yield { idKey, row: storedRow(bytes, fields) };
  }
}

// Each range is one `_id`, whose key is all there is to it: it is looked up, which costs a quarter of reading a range.
function* byIds(
  view: View,
  { groups, reverse }: Access,
  fields: ReadonlySet<string> | undefined,
): Generator<Found, void, void> {
  const ranges = groups.flatMap((group) => group.ranges);
  for (const { start } of reverse ? ranges.reverse() : ranges) {
    const bytes = view.get(start);
    if (bytes) yield { idKey: start.subarray(4), row: storedRow(bytes, fields) };
  }
}

function isNew(seen: Set<string>, idKey: Buffer): boolean {
  const text = idKey.toString('latin1');
  if (seen.has(text)) return false;
  seen.add(text);
  return true;
}

function entriesOf(view: View, access: Access): Generator<Entry, void, void> {
  const [first] = access.groups;
  if (first && access.groups.length === 1) return inRanges(view, first.ranges, access.reverse);
  return merged(view, access);
}

function* inRanges(view: View, ranges: readonly KeyRange[], reverse: boolean): Generator<Entry, void, void> {
  for (const range of reverse ? [...ranges].reverse() : ranges) {
    let { start, end } = range;
    for (let limit = FIRST_CHUNK; ; limit = Math.min(limit * 4, LARGEST_CHUNK)) {
      const chunk = view.range({ start, end, reverse, limit });
      yield* chunk;
      const last = chunk.at(-1);
      if (!last || chunk.length < limit) break;
      if (reverse) end = last.key;
      else start = Buffer.concat([last.key, Buffer.of(0)]);
    }
  }
}

// Several groups, each in the wanted order: always the smallest head next.
function* merged(view: View, access: Access): Generator<Entry, void, void> {
  const heads: { entry: Entry; from: number; rest: Generator<Entry, void, void> }[] = [];
  for (const { ranges, mergeFrom } of access.groups) {
    const rest = inRanges(view, ranges, access.reverse);
    const step = rest.next();
    if (!step.done) heads.push({ entry: step.value, from: mergeFrom, rest });
  }
  while (heads.length > 0) {
    let at = 0;
    for (let i = 1; i < heads.length; i++) {
      const [one, other] = [heads[i], heads[at]];
      if (!one || !other) continue;
      const order = one.entry.key.compare(other.entry.key, other.from, undefined, one.from);
      if (access.reverse ? order > 0 : order < 0) at = i;
    }
    const head = heads[at];
    if (!head) return;
    yield head.entry;
    const step = head.rest.next();
    if (step.done) heads.splice(at, 1);
    else head.entry = step.value;
  }
}

/** How many documents an exact plan reaches, counted by keys alone. */
export function countKeys(view: View, access: Access): number {
  return access.groups.reduce(
    (sum, { ranges }) => sum + ranges.reduce((all, { start, end }) => all + view.count(start, end), 0),
    0,
  );
}
