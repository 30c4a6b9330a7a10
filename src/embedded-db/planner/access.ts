// How one index would serve a query: the key ranges to read, in what order they come, what is exact.
import type { Index } from '../catalog/catalog-types.ts';
import { isIndex } from '../query/paths.ts';
import { above, tableStart } from '../keys/table-key.ts';
import type { KeyRange } from '../storage/view.ts';
import type { Conditions } from './conditions.ts';
import { intersection, rangeOf, type Bounds } from './interval.ts';

const MAX_PREFIXES = 500;

export interface ScanRange extends KeyRange {
  /** Where the bytes begin that are in the order of a served sort. */
  readonly mergeFrom: number;
}

export interface Access {
  readonly index: Index;
  /** Ascending and disjoint. */
  readonly ranges: readonly ScanRange[];
  /** Each range is in the order of the sort, but all together are only once they are merged. */
  readonly merge: boolean;
  readonly reverse: boolean;
  readonly sorted: boolean;
  readonly equalities: number;
  readonly ranged: boolean;
  /** The ranges hold exactly the documents that satisfy the conditions, each once. */
  readonly exact: boolean;
}

export type SortSpec = readonly { readonly path: string; readonly descending: boolean }[];

/** The access that `index` offers for these conditions and this sort. */
export function accessBy(index: Index, conditions: Conditions, sort: SortSpec): Access {
  const steps = readSteps(index, conditions);
  const order = readOrder(index, steps, sort);
  const whole = tableStart(index.table);
  let ranges: ScanRange[] = [{ start: whole, end: above(whole), mergeFrom: whole.length }];
  steps.forEach(({ bounds, points }, i) => {
    const descending = index.fields[i]!.descending;
    const intervals = descending ? [...bounds.intervals].reverse() : bounds.intervals;
    const merging = points && order !== undefined && i < order.from;
    ranges = ranges.flatMap(({ start: prefix, mergeFrom }) =>
      intervals.map((interval) => {
        const range = rangeOf(prefix, interval, descending);
        return { ...range, mergeFrom: merging ? range.start.length : mergeFrom };
      }),
    );
  });
  const used = new Set(steps.map((_, i) => index.fields[i]!.path));
  const exactPaths = [...conditions.byPath].every(
    ([path, list]) => used.has(path) && list.every((bounds) => bounds.exact),
  );
  return {
    index,
    ranges,
    merge: order?.merge ?? false,
    reverse: order?.reverse ?? false,
    sorted: order !== undefined,
    equalities: steps.filter((step) => step.points).length,
    ranged: steps.some((step) => !step.points),
    exact: conditions.complete && exactPaths && !index.multikey.includes(true),
  };
}

// The bounds of the leading fields; those of single values, below each of which the next field is in order, are `points`.
function readSteps(index: Index, conditions: Conditions) {
  const steps: { bounds: Bounds; points: boolean }[] = [];
  let prefixes = 1;
  let arrays = 0;
  for (const [i, { path, parts }] of index.fields.entries()) {
    const list = conditions.byPath.get(path);
    // `a.0` of a filter is an element and a field of elements; a key holds one of them.
    if (!list || parts.some((part, depth) => depth > 0 && isIndex(part))) break;
    const array = index.multikey[i] === true;
    // Two conditions below one array may be met by different elements, which no single key shows.
    if (array && ++arrays > 1) break;
    const bounds = array ? (list.find(isPoints) ?? list[0]!) : list.reduce(intersection);
    const points = isPoints(bounds);
    prefixes *= Math.max(1, bounds.intervals.length);
    if (prefixes > MAX_PREFIXES && i > 0) break;
    steps.push({ bounds, points });
    if (!points) break;
  }
  return steps;
}

const isPoints = ({ intervals }: Bounds): boolean => intervals.every(({ point }) => point);

// How reading the index in one direction gives the sort, if it does: fields fixed to one value do not count. `from` is the
// first field that the sort uses; where several points stand before it, their ranges have to be merged.
function readOrder(index: Index, steps: ReturnType<typeof readSteps>, sort: SortSpec) {
  const isPoint = (i: number): boolean => steps[i]?.points === true;
  const isFixed = (i: number): boolean =>
    isPoint(i) && steps[i]?.bounds.intervals.length === 1 && !index.multikey[i];
  const fixed = new Set(index.fields.filter((_, i) => isFixed(i)).map((field) => field.path));
  // Behind its fields every index is in order of `_id`, and nothing can follow that.
  const columns = [...index.fields, { path: '_id', descending: false }]
    .map(({ path, descending }, at) => ({ path, descending, at }))
    .filter(({ at }) => !isFixed(at));
  const unique = sort.findIndex(({ path }) => path === '_id');
  const wanted = sort.slice(0, unique < 0 ? sort.length : unique + 1).filter(({ path }) => !fixed.has(path));
  const [first] = wanted;
  if (!first) return { reverse: false, from: 0, merge: false };
  const skipped = columns.findIndex(({ path, at }) => path === first.path || !isPoint(at));
  const used = columns.slice(skipped, skipped + wanted.length);
  const reverse = used[0]?.descending !== first.descending;
  const served = wanted.every(({ path, descending }, i) => {
    const column = used[i];
    return (
      column?.path === path && !index.multikey[column.at] && (column.descending !== descending) === reverse
    );
  });
  if (!served) return undefined;
  const from = used[0]!.at;
  return { reverse, from, merge: steps.slice(0, from).some((step) => step.bounds.intervals.length > 1) };
}
