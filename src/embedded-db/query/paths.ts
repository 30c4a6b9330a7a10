// Dotted paths: reading through nested documents and arrays as MongoDB's matcher does.

import { isDoc, type Doc, type Value } from './bson.ts';
import { QueryError } from './errors.ts';

/** Called for each value a path reaches (`undefined` = missing) with the outermost array index; true stops. */
type Visit = (value: Value | undefined, position: number | undefined) => boolean;

const INDEX = /^(0|[1-9]\d{0,8})$/;

/** True for path parts that may name an array element. */
export function isIndex(part: string): boolean {
  return INDEX.test(part);
}

/** The parts of a path in an expression, a projection or a sort: none may be empty or begin with a dollar. */
export function fieldPath(path: string): string[] {
  if (path === '') throw new QueryError(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw new QueryError(40353, `FieldPath must not end with a '.'.`);
  const parts = path.split('.');
  if (parts.includes('')) throw new QueryError(15998, 'FieldPath field names may not be empty strings.');
  if (parts.some((part) => part.startsWith('$')))
    throw new QueryError(16410, `FieldPath field names may not start with '$'. Consider using $setField.`);
  return parts;
}

/**
 * Visits every value that `parts` reaches from `doc`; with `intoLeaf` an array at the end gives its elements, then itself.
 * True where a visit said so.
 */
export function visitPath(doc: Doc, parts: readonly string[], intoLeaf: boolean, visit: Visit): boolean {
  return visitFrom(doc, parts, 0, intoLeaf, undefined, visit);
}

function visitFrom(
  start: Doc,
  parts: readonly string[],
  from: number,
  intoLeaf: boolean,
  position: number | undefined,
  visit: Visit,
): boolean {
  let value: Value | undefined = start;
  let depth = from;
  while (depth < parts.length) {
    if (!isDoc(value)) return visit(undefined, position);
    value = value[parts[depth]!];
    depth += 1;
    if (Array.isArray(value)) return visitArray(value, parts, depth, intoLeaf, position, visit);
  }
  return visit(value, position);
}

function visitArray(
  array: Value[],
  parts: readonly string[],
  depth: number,
  intoLeaf: boolean,
  position: number | undefined,
  visit: Visit,
): boolean {
  if (depth === parts.length) return visitLeafArray(array, intoLeaf, position, visit);
  const part = parts[depth]!;
  const index = isIndex(part) ? Number(part) : -1;
  for (let at = 0; at < array.length; at += 1) {
    const element = array[at]!;
    const outermost = position ?? at;
    if (isDoc(element) && visitFrom(element, parts, depth, intoLeaf, outermost, visit)) return true;
    if (at === index && visitElement(element, parts, depth + 1, intoLeaf, outermost, visit)) return true;
  }
  return false;
}

// An array element that the path names by its index: at the path's end it is not expanded again.
function visitElement(
  element: Value,
  parts: readonly string[],
  depth: number,
  intoLeaf: boolean,
  position: number,
  visit: Visit,
): boolean {
  if (depth === parts.length) return visit(element, position);
  if (isDoc(element)) return visitFrom(element, parts, depth, intoLeaf, position, visit);
  return Array.isArray(element) && visitArray(element, parts, depth, intoLeaf, position, visit);
}

function visitLeafArray(
  array: Value[],
  intoLeaf: boolean,
  position: number | undefined,
  visit: Visit,
): boolean {
  if (intoLeaf) {
    for (let at = 0; at < array.length; at += 1) {
      if (visit(array[at], position ?? at)) return true;
    }
  }
  return visit(array, position);
}
