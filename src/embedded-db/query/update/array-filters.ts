// The positional parts of update paths: `$`, `$[]` and `$[name]` become indexes.

import { docOf, isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { compileFilter } from '../filter.ts';
import { isIndex } from '../paths.ts';

/** Tests of array elements by the name they have in `$[name]`. */
export type ArrayFilters = ReadonlyMap<string, (element: Value) => boolean>;

const bad = (message: string): QueryError => new QueryError(2, message);

/** Compiles `arrayFilters`; `vars` are the update's variables. */
export function compileArrayFilters(filters: readonly Doc[], vars: Doc): ArrayFilters {
  const tests = new Map<string, (element: Value) => boolean>();
  for (const filter of filters) {
    const names = new Set(namesIn(filter));
    const [name] = names;
    if (name === undefined || names.size > 1)
      throw new QueryError(9, 'An array filter must have exactly one top-level field name');
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw bad(`An array filter's name must be alphanumeric and begin in lower case, found '${name}'`);
    if (tests.has(name)) throw new QueryError(9, `Found multiple array filters with the name ${name}`);
    const matches = compileFilter(filter, vars);
    tests.set(name, (element) => matches(docOf([[name, element]])));
  }
  return tests;
}

function namesIn(filter: Doc): string[] {
  return keysOf(filter).flatMap((key) => {
    const clauses = filter[key];
    if (!key.startsWith('$')) return [key.split('.')[0]!];
    return Array.isArray(clauses) ? clauses.filter(isDoc).flatMap(namesIn) : [];
  });
}

/** The name in `$[name]`, '' in `$[]`, undefined for other parts. */
export function filterName(part: string): string | undefined {
  return part.startsWith('$[') && part.endsWith(']') ? part.slice(2, -1) : undefined;
}

/** The concrete paths that `parts` stands for in a document. */
export function expandPath(
  doc: Doc,
  parts: readonly string[],
  position: () => number | undefined,
  filters: ArrayFilters,
): string[][] {
  let paths: { done: string[]; value: Value | undefined }[] = [{ done: [], value: doc }];
  for (const part of parts) {
    const name = filterName(part);
    if (name === undefined) {
      const own = part === '$' ? positionOrThrow(position()) : part;
      paths = paths.map(({ done, value }) => ({ done: [...done, own], value: childOf(value, own) }));
      continue;
    }
    paths = paths.flatMap(({ done, value }) => {
      const array = arrayOrThrow(value, done.join('.'));
      const test = name === '' ? () => true : filters.get(name)!;
      return [...array.keys()]
        .filter((index) => test(array[index]!))
        .map((index) => ({ done: [...done, String(index)], value: array[index] }));
    });
  }
  return paths.map(({ done }) => done);
}

function positionOrThrow(position: number | undefined): string {
  if (position === undefined)
    throw bad('The positional operator did not find the match needed from the query.');
  return String(position);
}

function arrayOrThrow(value: Value | undefined, path: string): Value[] {
  if (Array.isArray(value)) return value;
  if (value === undefined)
    throw bad(`The path '${path}' must exist in the document in order to apply array updates.`);
  throw bad(`Cannot apply array updates to non-array element ${path}`);
}

function childOf(value: Value | undefined, part: string): Value | undefined {
  if (Array.isArray(value)) return isIndex(part) ? value[Number(part)] : undefined;
  return isDoc(value) ? value[part] : undefined;
}
