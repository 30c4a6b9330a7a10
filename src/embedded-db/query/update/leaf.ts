// One field's change, and how it is carried out along a path without touching the original document.

import { copyDoc, docOf, isDoc, setField, unsetField, type Doc, type Value } from '../bson.ts';
import { sameValue } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { isIndex } from '../paths.ts';

/** What one operator does to one field. */
export interface Change {
  /** The new value of the field; `undefined` removes it. */
  compute(current: Value | undefined, where: Where): Value | undefined;
  /** False for the operators that leave a missing path missing. */
  creates: boolean;
}

/** Where a change happens. */
export interface Where {
  parts: readonly string[];
  root: Doc;
}

/** Compiles an operator's operand for one path; throws for operands of the wrong type. */
export type Operator = (operand: Value, path: string, isUpsertInsert: boolean) => Change;

/** The document in a message: by its _id only. */
export function subject({ root }: Where): string {
  const id = root['_id'];
  if (isDoc(id)) return '{_id: …}';
  const plain = typeof id === 'bigint' || (typeof id === 'object' && id !== null) ? id : JSON.stringify(id);
  return `{_id: ${String(plain)}}`;
}

const MOST_PADDING = 1_500_000;

/** The container with the change carried out at `where`, or the container itself where nothing changed. */
export function changeAt<T extends Doc | Value[]>(container: T, change: Change, where: Where, depth = 0): T {
  const part = where.parts[depth]!;
  const isArray = Array.isArray(container);
  if (isArray && !isIndex(part)) {
    if (!change.creates) return container;
    throw notViable(part, where.parts[depth - 1] ?? '', 'an array');
  }
  const current = isArray ? container[Number(part)] : container[part];
  const next = nextValue(current, change, where, depth);
  if (sameValue(next, current)) return container;
  if (isArray) return withElement(container, Number(part), next ?? null) as T;
  // Below the top level a name may begin with a dollar, since MongoDB 5.0.
  if (next !== undefined && depth === 0 && part.startsWith('$'))
    throw new QueryError(52, `The dollar ($) prefixed field '${part}' is not allowed at the top level`);
  const copy = copyDoc(container);
  if (next === undefined) unsetField(copy, part);
  else setField(copy, part, next);
  return copy as T;
}

function withElement(array: readonly Value[], index: number, value: Value): Value[] {
  if (index - array.length > MOST_PADDING)
    throw new QueryError(2, `can't backfill array to larger than ${String(MOST_PADDING)} elements`);
  const copy = array.slice();
  while (copy.length < index) copy.push(null);
  copy[index] = value;
  return copy;
}

function nextValue(
  current: Value | undefined,
  change: Change,
  where: Where,
  depth: number,
): Value | undefined {
  const below = where.parts.slice(depth + 1);
  if (below.length === 0) return change.compute(current, where);
  if (isDoc(current) || Array.isArray(current)) return changeAt(current, change, where, depth + 1);
  if (!change.creates) return current;
  if (current !== undefined) throw notViable(below[0]!, where.parts[depth]!, 'a value that holds no fields');
  const value = change.compute(undefined, where);
  if (value === undefined) return undefined;
  return below.reduceRight<Value>((inner, part) => docOf([[part, inner]]), value);
}

function notViable(field: string, parent: string, what: string): QueryError {
  return new QueryError(28, `Cannot create field '${field}' in element {${parent}: …}, which is ${what}`);
}
