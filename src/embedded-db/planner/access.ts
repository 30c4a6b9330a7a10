// How one index would serve a query: the key ranges to read, in what order they come, what is exact.
import type { Collection, Index } from '../catalog/catalog-types.ts';
import type { KeyField } from '../keys/extract.ts';
import { isIndex } from '../query/paths.ts';
import { above, tableStart } from '../keys/table-key.ts';
import type { Conditions } from './conditions.ts';
import { intersection, rangeOf, type Bounds } from './interval.ts';

const MAX_PREFIXES = 500;

/** What can be scanned: an index, or the documents themselves in `_id` order. */
export interface Scannable {
  readonly name: string;
  readonly table: number;
  readonly fields: readonly KeyField[];
  readonly unique: boolean;
  readonly multikey: readonly boolean[];
  readonly primary: boolean;
}

export interface KeyRange {
  readonly start: Buffer;
  readonly end: Buffer;
}

export interface Access {
  readonly index: Scannable;
  /** Groups of ascending, disjoint ranges; when a sort is served, groups are merged by the bytes after `mergeFrom`. */
  readonly groups: readonly { readonly ranges: readonly KeyRange[]; readonly mergeFrom: number }[];
  readonly reverse: boolean;
  readonly sorted: boolean;
  readonly equalities: number;
  readonly ranged: boolean;
  /** The ranges hold exactly the documents that satisfy the conditions, each once. */
  readonly exact: boolean;
}

export type SortSpec = readonly { readonly path: string; readonly descending: boolean }[];

const ID_FIELD: KeyField = { path: '_id', parts: ['_id'], descending: false };

/** The documents of a collection as an index on `_id`. */
export function primaryOf(collection: Collection): Scannable {
  return {
    name: '_id_',
    table: collection.table,
    fields: [ID_FIELD],
    unique: true,
    multikey: [false],
    primary: true,
  };
}

/** An index as something to scan. */
export function scannable(index: Index): Scannable {
  return { ...index, primary: false };
}

interface Step {
  readonly bounds: Bounds;
  /** Every interval is a single value, so that the next field is ordered below each. */
  readonly points: boolean;
}

/** The access that `index` offers for these conditions and this sort. */
export function accessBy(index: Scannable, conditions: Conditions, sort: SortSpec): Access {
  const steps = readSteps(index, conditions);
  const order = readOrder(index, steps, sort);
  let prefixes: { bytes: Buffer; mergeFrom: number }[] = [{ bytes: tableStart(index.table), mergeFrom: 4 }];
  let ranges: { start: Buffer; end: Buffer; group: number }[] | undefined;
  steps.forEach(({ bounds, points }, i) => {
    const descending = index.fields[i]?.descending ?? false;
    const intervals = descending ? [...bounds.intervals].reverse() : bounds.intervals;
    if (!points) {
      ranges = prefixes.flatMap(({ bytes }, group) =>
        intervals.map((interval) => ({ ...rangeOf(bytes, interval, descending), group })),
      );
      return;
    }
    const merging = order !== undefined && i < order.from;
    prefixes = prefixes.flatMap(({ bytes, mergeFrom }) =>
      intervals.map((interval) => {
        const { start } = rangeOf(bytes, interval, descending);
        return { bytes: start, mergeFrom: merging ? start.length : mergeFrom };
      }),
    );
  });
  ranges ??= prefixes.map(({ bytes }, group) => ({ start: bytes, end: above(bytes), group }));
  const used = new Set(steps.map((_, i) => index.fields[i]?.path ?? ''));
  const exactPaths = [...conditions.byPath].every(
    ([path, list]) => used.has(path) && list.every((bounds) => bounds.exact),
  );
  return {
    index,
    groups: order?.merge ? groupRanges(ranges, prefixes) : [{ ranges, mergeFrom: 4 }],
    reverse: order?.reverse ?? false,
    sorted: order !== undefined,
    equalities: steps.filter((step) => step.points).length,
    ranged: steps.some((step) => !step.points),
    exact: conditions.complete && exactPaths && !index.multikey.includes(true),
  };
}

function readSteps(index: Scannable, conditions: Conditions): Step[] {
  const steps: Step[] = [];
  let prefixes = 1;
  let arrays = 0;
  for (let i = 0; i < index.fields.length; i++) {
    const { path, parts } = index.fields[i]!;
    const list = conditions.byPath.get(path);
    // `a.0` of a filter is an element and a field of elements; a key holds one of them.
    if (!list || parts.some((part, depth) => depth > 0 && isIndex(part))) break;
    const array = index.multikey[i] === true;
    // Two conditions below one array may be met by different elements, which no single key shows.
    if (array && ++arrays > 1) break;
    const bounds = array ? narrowest(list) : list.reduce((a, b) => intersection(a, b));
    const points = bounds.intervals.every((interval) => interval.point);
    prefixes *= Math.max(1, bounds.intervals.length);
    if (prefixes > MAX_PREFIXES && i > 0) break;
    steps.push({ bounds, points });
    if (!points) break;
  }
  return steps;
}

function narrowest(list: readonly Bounds[]): Bounds {
  const weight = (bounds: Bounds): number =>
    bounds.intervals.reduce((sum, interval) => sum + (interval.point ? 1 : 1000), 0);
  return list.reduce((best, next) => (weight(next) < weight(best) ? next : best));
}

interface Order {
  readonly reverse: boolean;
  /** The first index field that the sort uses; fields before it are fixed by points. */
  readonly from: number;
  /** Several points before it: their ranges have to be merged. */
  readonly merge: boolean;
}

// Whether reading the index in one direction gives the sort: fields fixed to one value do not count.
function readOrder(index: Scannable, steps: readonly Step[], sort: SortSpec): Order | undefined {
  if (sort.length === 0) return { reverse: false, from: 0, merge: false };
  const isPoint = (i: number): boolean => steps[i]?.points === true;
  const isFixed = (i: number): boolean =>
    isPoint(i) && steps[i]?.bounds.intervals.length === 1 && !index.multikey[i];
  const fixed = new Set(index.fields.filter((_, i) => isFixed(i)).map((field) => field.path));
  let position = 0;
  let from: number | undefined;
  let direction: boolean | undefined;
  for (const { path, descending } of sort) {
    if (fixed.has(path)) continue;
    if (from === undefined) while (isPoint(position) && index.fields[position]?.path !== path) position += 1;
    else while (isFixed(position)) position += 1;
    const field = index.fields[position];
    // Behind its fields every index is in order of `_id`, and nothing can follow that.
    const matches = field
      ? field.path === path && !index.multikey[position]
      : path === '_id' && !index.primary;
    if (!matches) return undefined;
    const reverse = (field?.descending ?? false) !== descending;
    if (direction !== undefined && direction !== reverse) return undefined;
    direction = reverse;
    from ??= position;
    if (path === '_id') break;
    position += 1;
  }
  const start = from ?? index.fields.length;
  const merge = from !== undefined && steps.slice(0, start).some((step) => step.bounds.intervals.length > 1);
  return { reverse: direction ?? false, from: start, merge };
}

function groupRanges(
  ranges: readonly { start: Buffer; end: Buffer; group: number }[],
  prefixes: readonly { mergeFrom: number; bytes: Buffer }[],
): Access['groups'] {
  const groups = new Map<string, { ranges: KeyRange[]; mergeFrom: number }>();
  for (const range of ranges) {
    const mergeFrom = prefixes[range.group]?.mergeFrom ?? 4;
    const key = range.start.subarray(0, mergeFrom).toString('latin1');
    const group = groups.get(key);
    if (group) group.ranges.push(range);
    else groups.set(key, { ranges: [range], mergeFrom });
  }
  return [...groups.values()];
}
