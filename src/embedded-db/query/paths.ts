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

/** The value at the end of a path through documents only. */
export function readPath(doc: Doc, parts: readonly string[]): Value | undefined {
  let value: Value | undefined = doc;
  for (const part of parts) {
    if (!isDoc(value)) return undefined;
    value = value[part];
  }
  return value;
}

/**
 * Visits every value that `parts` reaches from `doc`; with `intoLeaf` an array at the end gives its elements, then itself.
 * True where a visit said so.
 */
export function visitPath(doc: Doc, parts: readonly string[], intoLeaf: boolean, visit: Visit): boolean {
  return walk(doc, 0, undefined, false);

  // An array element that the path named by its index is not expanded again at the path's end.
  function walk(
    value: Value | undefined,
    depth: number,
    position: number | undefined,
    named: boolean,
  ): boolean {
    const part = parts[depth];
    if (part === undefined) {
      const elements = intoLeaf && !named && Array.isArray(value) ? value : [];
      return elements.some((each, at) => visit(each, position ?? at)) || visit(value, position);
    }
    if (isDoc(value)) return walk(value[part], depth + 1, position, false);
    if (!Array.isArray(value)) return !named && visit(undefined, position);
    const index = isIndex(part) ? Number(part) : -1;
    return value.some((element, at) => {
      const outermost = position ?? at;
      if (isDoc(element) && walk(element, depth, outermost, false)) return true;
      return at === index && walk(element, depth + 1, outermost, true);
    });
  }
}
