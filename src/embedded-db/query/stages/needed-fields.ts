// Which top-level fields a pipeline reads, so that the others need not be decoded.

import { isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import type { SplitPipeline } from './split.ts';

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
