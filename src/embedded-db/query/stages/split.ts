// The beginning of a pipeline that the planner can serve with an index, and the fields that the rest reads.

import { isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { wholeNumber } from '../types.ts';

/** The part of a pipeline that an index can serve, and the rest. */
export interface SplitPipeline {
  filter: Doc;
  sort?: Doc;
  skip?: number;
  limit?: number;
  rest: Doc[];
}

/** Splits the leading $match, $sort, $skip and $limit off: filter, then sort, then skip, then limit, then the rest. */
export function splitPipeline(pipeline: Doc[]): SplitPipeline {
  const filters: Doc[] = [];
  const split: SplitPipeline = { filter: {}, rest: [] };
  let at = 0;
  for (; at < pipeline.length; at += 1) {
    if (!take(pipeline[at]!, filters, split)) break;
  }
  split.filter = filters.length > 1 ? { $and: filters } : (filters[0] ?? {});
  split.rest = pipeline.slice(at);
  return split;
}

// Malformed operands stay in the rest, where running the pipeline refuses them.
function take(stage: Doc, filters: Doc[], split: SplitPipeline): boolean {
  const [name, ...others] = isDoc(stage) ? keysOf(stage) : [];
  if (name === undefined || others.length > 0) return false;
  const operand: Value = stage[name]!;
  const open = split.skip === undefined && split.limit === undefined;
  if (name === '$match' && isDoc(operand) && open) {
    if (keysOf(operand).length > 0) filters.push(operand);
    return true;
  }
  if (name === '$sort' && isDoc(operand) && keysOf(operand).length > 0 && open && split.sort === undefined) {
    split.sort = operand;
    return true;
  }
  const whole = wholeNumber(operand);
  if (name === '$skip' && open && whole !== undefined && whole >= 0) {
    split.skip = whole;
    return true;
  }
  if (name === '$limit' && split.limit === undefined && whole !== undefined && whole > 0) {
    split.limit = whole;
    return true;
  }
  return false;
}

const PASSING = new Set(['$match', '$sort', '$unwind', '$addFields', '$set', '$limit', '$skip']);

/** The top-level fields that are enough to run a split pipeline, or undefined where all are needed. */
export function neededFields({ filter, sort, rest }: SplitPipeline): ReadonlySet<string> | undefined {
  const end = rest.findIndex((stage) => !PASSING.has(keysOf(stage)[0] ?? ''));
  const last = keysOf(rest[end] ?? {})[0];
  if (last !== '$group' && last !== '$count') return undefined;
  const fields = new Set<string>();
  const parts = [filter, sort ?? {}, ...rest.slice(0, end + 1)];
  return parts.every((part) => addFields(part, fields)) ? fields : undefined;
}

/** The top-level fields that a filter and a sort look at, or undefined where that is the whole document. */
export function fieldsLookedAt(filter: Doc, sort?: Doc): ReadonlySet<string> | undefined {
  return neededFields({ filter, ...(sort ? { sort } : {}), rest: [{ $count: 'found' }] });
}

const head = (path: string): string => path.split('.')[0]!;

// Every name and every text that may be a path counts, wherever it stands: reading too much is harmless.
function addFields(value: Value, fields: Set<string>): boolean {
  if (typeof value === 'string') {
    if (value.startsWith('$$')) return !/^\$\$(ROOT|CURRENT)/.test(value);
    if (value.startsWith('$')) fields.add(head(value.slice(1)));
    return true;
  }
  if (Array.isArray(value)) return value.every((each) => addFields(each, fields));
  if (!isDoc(value)) return true;
  return keysOf(value).every((key) => {
    if (!key.startsWith('$')) fields.add(head(key));
    return addFields(value[key]!, fields);
  });
}
