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
    const name = nameOf(filter);
    if (name === undefined)
      throw new QueryError(9, 'Cannot use an expression without a top-level field name in arrayFilters');
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
      throw bad(
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    }
    if (tests.has(name))
      throw new QueryError(9, `Found multiple array filters with the same top-level field name ${name}`);
    const matches = compileFilter(filter, vars);
    tests.set(name, (element) => matches(docOf([[name, element]])));
  }
  return tests;
}

function nameOf(filter: Doc): string | undefined {
  let name: string | undefined;
  for (const key of keysOf(filter)) {
    const own = key.startsWith('$') ? nameOfClauses(filter[key]!) : key.split('.')[0]!;
    if (own === undefined) continue;
    if (name !== undefined && name !== own) {
      throw new QueryError(
        9,
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${own}'`,
      );
    }
    name = own;
  }
  return name;
}

function nameOfClauses(clauses: Value): string | undefined {
  if (!Array.isArray(clauses)) return undefined;
  const names = new Set(clauses.filter(isDoc).map(nameOf));
  if (names.size > 1)
    throw new QueryError(
      9,
      'Error parsing array filter :: caused by :: Expected a single top-level field name',
    );
  return [...names][0];
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
