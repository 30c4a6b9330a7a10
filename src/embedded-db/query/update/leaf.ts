// One field's change, and how it is carried out along a path without touching the original document.

import { copyDoc, docOf, isDoc, setField, unsetField, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { isIndex } from '../paths.ts';
import { sameValue } from './same.ts';

/** What one operator does to one field. */
export interface Change {
  /** The new value of the field; `undefined` removes it. */
  compute(current: Value | undefined, where: Where): Value | undefined;
  /** False for the operators that leave a missing path missing. */
  creates: boolean;
}

/** Where a change happens, for messages. */
export interface Where {
  path: string;
  root: Doc;
}

/** Compiles an operator's operand for one path; throws for operands of the wrong type. */
export type Operator = (operand: Value, path: string, isUpsertInsert: boolean) => Change;

/** The document in a message: by its _id only. */
export function subject({ root }: Where): string {
  const id = root['_id'];
  if (isDoc(id)) return '{_id: …}';
  const plain =
    typeof id === 'object' && id !== null ? String(id) : typeof id === 'bigint' ? id : JSON.stringify(id);
  return `{_id: ${String(plain)}}`;
}

const MOST_PADDING = 1_500_000;

/** The container with the change carried out at `parts`, or the container itself where nothing changed. */
export function changeAt<T extends Doc | Value[]>(
  container: T,
  parts: readonly string[],
  depth: number,
  change: Change,
  where: Where,
): T {
  const part = parts[depth]!;
  if (Array.isArray(container)) return changeElement(container, part, parts, depth, change, where) as T;
  const current = container[part];
  const next = nextValue(current, part, parts, depth, change, where);
  if (next === current || (next !== undefined && sameValue(next, current))) return container;
  if (next !== undefined && depth === 0) refuseDollar(part);
  const copy = copyDoc(container);
  if (next === undefined) unsetField(copy, part);
  else setField(copy, part, next);
  return copy as T;
}

function changeElement(
  array: Value[],
  part: string,
  parts: readonly string[],
  depth: number,
  change: Change,
  where: Where,
): Value[] {
  if (!isIndex(part)) {
    if (!change.creates) return array;
    throw notViable(part, parts[depth - 1] ?? '', 'an array');
  }
  const index = Number(part);
  const current = array[index];
  const next = nextValue(current, part, parts, depth, change, where);
  if (next === current || (next !== undefined && sameValue(next, current))) return array;
  if (index - array.length > MOST_PADDING) {
    throw new QueryError(2, `can't backfill array to larger than ${String(MOST_PADDING)} elements`);
  }
  const copy = array.slice();
  while (copy.length < index) copy.push(null);
  copy[index] = next ?? null;
  return copy;
}

function nextValue(
  current: Value | undefined,
  part: string,
  parts: readonly string[],
  depth: number,
  change: Change,
  where: Where,
): Value | undefined {
  if (depth === parts.length - 1) return change.compute(current, where);
  if (isDoc(current) || Array.isArray(current)) return changeAt(current, parts, depth + 1, change, where);
  if (!change.creates) return current;
  if (current !== undefined) throw notViable(parts[depth + 1]!, part, 'a value that holds no fields');
  const value = change.compute(undefined, where);
  return value === undefined ? undefined : nested(parts, depth + 1, value);
}

// Below the top level a name may begin with a dollar, since MongoDB 5.0.
function refuseDollar(part: string): void {
  if (!part.startsWith('$')) return;
  throw new QueryError(
    52,
    `The dollar ($) prefixed field '${part}' in '${part}' is not allowed in the context of an update's replacement document.`,
  );
}

function nested(parts: readonly string[], from: number, value: Value): Value {
  return parts.slice(from).reduceRight<Value>((inner, part) => docOf([[part, inner]]), value);
}

function notViable(field: string, parent: string, what: string): QueryError {
  return new QueryError(28, `Cannot create field '${field}' in element {${parent}: …}, which is ${what}`);
}
