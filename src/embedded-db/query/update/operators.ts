// Updates made of operators: every path is checked, then the changes happen in the order of their paths.

import { isDoc, keysOf, type Doc } from '../bson.ts';
import { compareStrings } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { compilePosition } from '../filter.ts';
import { notHere } from '../not-here.ts';
import { isIndex } from '../paths.ts';
import { typeName } from '../types.ts';
import { compileArrayFilters, expandPath, filterName, type ArrayFilters } from './array-filters.ts';
import { arrayOperators } from './arrays.ts';
import { fieldOperators } from './fields.ts';
import { changeAt, type Change, type Operator } from './leaf.ts';

const OPERATORS = new Map<string, Operator>(Object.entries({ ...fieldOperators, ...arrayOperators }));

/** `filter` is the query that found the document: the positional `$` needs it. */
export interface UpdateOptions {
  arrayFilters?: Doc[];
  vars?: Doc;
  now: Date;
  filter?: Doc;
  isUpsertInsert?: boolean;
}

interface PlannedChange {
  parts: string[];
  change: Change;
}

/** Compiles an update document whose keys are operators. */
export function compileOperators(update: Doc, options: UpdateOptions): (doc: Doc) => Doc {
  const vars = options.vars ?? {};
  const planned = plan(update, options.isUpsertInsert === true);
  const filters = compileArrayFilters(options.arrayFilters ?? [], vars);
  checkFilterNames(planned, filters);
  checkConflicts(planned);
  planned.sort((a, b) => comparePaths(a.parts, b.parts));
  const positionOf = compilePosition(options.filter ?? {}, vars);
  const dynamic = planned.some(({ parts }) => parts.some((part) => part.startsWith('$')));
  return (doc) =>
    (dynamic ? expand(doc, planned, positionOf, filters) : planned).reduce(
      (result, { parts, change }) => changeAt(result, change, { parts, root: doc }),
      doc,
    );
}

function plan(update: Doc, isUpsertInsert: boolean): PlannedChange[] {
  return keysOf(update).flatMap((name) => {
    const fields = update[name]!;
    const operator = OPERATORS.get(name);
    if (operator === undefined)
      throw notHere('update operator', name) ?? new QueryError(9, `Unknown modifier: ${name}`);
    if (!isDoc(fields))
      throw new QueryError(9, `Modifiers operate on fields but ${name} has a ${typeName(fields)} instead`);
    return keysOf(fields).map((path) => ({
      parts: checkedParts(path),
      change: operator(fields[path]!, path, isUpsertInsert),
    }));
  });
}

function checkedParts(path: string): string[] {
  const parts = path.split('.');
  if (parts.includes(''))
    throw new QueryError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  // Whether a field of another name with a dollar can be made shows at the document.
  if (parts[0] === '$' || filterName(parts[0]!) !== undefined)
    throw new QueryError(2, `Cannot have positional element in the first position in path '${path}'`);
  if (parts.indexOf('$') !== parts.lastIndexOf('$'))
    throw new QueryError(2, `Too many positional (i.e. '$') elements found in path '${path}'`);
  return parts;
}

function checkFilterNames(planned: PlannedChange[], filters: ArrayFilters): void {
  const used = new Set(planned.flatMap(({ parts }) => parts.map(filterName)));
  for (const name of used)
    if (name !== undefined && name !== '' && !filters.has(name))
      throw new QueryError(2, `No array filter found for identifier '${name}'`);
  const unused = [...filters.keys()].find((name) => !used.has(name));
  if (unused !== undefined)
    throw new QueryError(9, `The array filter for identifier '${unused}' was not used in the update`);
}

function checkConflicts(changes: PlannedChange[]): void {
  const taken = new Set<string>();
  const inner = new Set<string>();
  for (const { parts } of changes) {
    const path = parts.join('.');
    const outer = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
    const clash = inner.has(path) ? path : outer.find((each) => taken.has(each));
    if (clash !== undefined) {
      throw new QueryError(40, `Updating the path '${path}' would create a conflict at '${clash}'`);
    }
    taken.add(path);
    for (const each of outer.slice(0, -1)) inner.add(each);
  }
}

// MongoDB handles names in the order of their bytes, and numbers in numeric order; it shows in where new fields stand.
function comparePaths(a: readonly string[], b: readonly string[]): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [x, y] = [a[index]!, b[index]!];
    const order = isIndex(x) && isIndex(y) ? Number(x) - Number(y) : compareStrings(x, y);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function expand(
  doc: Doc,
  planned: PlannedChange[],
  positionOf: (doc: Doc) => number | undefined,
  filters: ArrayFilters,
): PlannedChange[] {
  const expanded = planned.flatMap(({ parts, change }) =>
    expandPath(doc, parts, () => positionOf(doc), filters).map((concrete) => ({ parts: concrete, change })),
  );
  checkConflicts(expanded);
  return expanded.sort((a, b) => comparePaths(a.parts, b.parts));
}
