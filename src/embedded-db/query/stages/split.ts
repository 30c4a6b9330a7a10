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

/** The top-level fields that are enough to run a split pipeline, or undefined where all are needed. */
export function neededFields({ filter, sort, rest }: SplitPipeline): ReadonlySet<string> | undefined {
  const fields = new Set<string>();
  if (!addFilter(filter, fields)) return undefined;
  for (const path of keysOf(sort ?? {})) fields.add(head(path));
  for (const stage of rest) {
    const [name] = keysOf(stage);
    const operand = stage[name!]!;
    if (name === '$group') return addExpression(operand, fields) ? fields : undefined;
    if (name === '$count') return fields;
    if (!addPassing(name!, operand, fields)) return undefined;
  }
  return undefined;
}

/** The top-level fields that a filter and a sort look at, or undefined where that is the whole document. */
export function fieldsLookedAt(filter: Doc, sort?: Doc): ReadonlySet<string> | undefined {
  return neededFields({ filter, ...(sort ? { sort } : {}), rest: [{ $count: 'found' }] });
}

// Stages before the one that ends the need for whole documents.
function addPassing(name: string, operand: Value, fields: Set<string>): boolean {
  switch (name) {
    case '$match':
      return isDoc(operand) && addFilter(operand, fields);
    case '$sort':
      for (const path of isDoc(operand) ? keysOf(operand) : []) fields.add(head(path));
      return true;
    case '$unwind':
    case '$addFields':
    case '$set':
      return addExpression(operand, fields);
    case '$limit':
    case '$skip':
      return true;
    default:
      return false;
  }
}

const head = (path: string): string => path.split('.')[0]!;

function addFilter(filter: Doc, fields: Set<string>): boolean {
  return keysOf(filter).every((key) => {
    const value = filter[key]!;
    if (key === '$expr') return addExpression(value, fields);
    if (key === '$and' || key === '$or' || key === '$nor') {
      return Array.isArray(value) && value.every((clause) => isDoc(clause) && addFilter(clause, fields));
    }
    if (key.startsWith('$')) return key === '$comment';
    fields.add(head(key));
    return true;
  });
}

// Every text that may be a path counts, also inside $literal: reading too much is harmless.
function addExpression(value: Value, fields: Set<string>): boolean {
  if (typeof value === 'string') {
    if (value.startsWith('$$')) return !/^\$\$(ROOT|CURRENT)/.test(value);
    if (value.startsWith('$')) fields.add(head(value.slice(1)));
    return true;
  }
  if (Array.isArray(value)) return value.every((each) => addExpression(each, fields));
  if (!isDoc(value)) return true;
  return keysOf(value).every((key) => {
    // $addFields changes nested fields in place, so the names it sets count too.
    if (!key.startsWith('$')) fields.add(head(key));
    return addExpression(value[key]!, fields);
  });
}
