// The beginning of a pipeline that the planner can serve with an index.

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
