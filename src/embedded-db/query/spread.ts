// The values at the end of several paths, once for each element of the array they run through: what MongoDB makes the keys
// of an index and of a sort from.

import { BsonUndefined, isDoc, type Doc, type Value } from './bson.ts';
import { QueryError } from './errors.ts';
import { isIndex } from './paths.ts';

/** One value for each path; `undefined` where it leads nowhere, `BsonUndefined` for an empty array. */
export type Row = (Value | undefined)[];

/** Where a path has come to: a value, or an array that is still to be expanded along `rest`. */
interface Reached {
  value: Value | undefined;
  rest: readonly string[];
  expand: boolean;
}

const EMPTY_ARRAY = new BsonUndefined();
const settled = (value: Value | undefined): Reached => ({ value, rest: [], expand: false });

/**
 * The rows of `doc`, and for each path whether it met an array. Two arrays side by side are no key: `parallel` makes the error
 * for the paths that run into one.
 */
export function spreadPaths(
  doc: Doc,
  paths: readonly (readonly string[])[],
  parallel: (met: readonly boolean[]) => Error,
) {
  const rows: Row[] = [];
  const met = paths.map(() => false);
  const expand = (reached: Reached[]): void => {
    const array = reached.find((each) => each.expand)?.value as Value[] | undefined;
    if (array === undefined) return void rows.push(reached.map(({ value }) => value));
    if (reached.some((each) => each.expand && each.value !== array))
      throw parallel(reached.map((each) => each.expand));
    reached.forEach((each, i) => (met[i] ||= each.expand));
    const fixed = reached.map((each) => (each.expand ? elementNamed(array, each.rest) : each));
    for (const element of array.length === 0 ? [EMPTY_ARRAY] : array)
      expand(reached.map(({ rest }, i) => fixed[i] ?? below(element, rest)));
  };
  expand(paths.map((parts) => follow(doc, parts)));
  return { rows, met };
}

function follow(start: Value | undefined, parts: readonly string[]): Reached {
  let value = start;
  for (let depth = 0; depth < parts.length; depth += 1) {
    if (Array.isArray(value)) return { value, rest: parts.slice(depth), expand: true };
    if (!isDoc(value)) return settled(undefined);
    value = value[parts[depth]!];
  }
  return { value, rest: [], expand: Array.isArray(value) };
}

// An element that is an array itself is a value where the path ends, and leads nowhere where it goes on.
function below(element: Value, rest: readonly string[]): Reached {
  return rest.length === 0 ? settled(element) : follow(isDoc(element) ? element : undefined, rest);
}

// A path that goes on with an index means that element, which as the path's end is not expanded.
function elementNamed(array: Value[], [part, ...rest]: readonly string[]): Reached | undefined {
  if (part === undefined || !isIndex(part) || Number(part) >= array.length) return undefined;
  if (array.some((element) => isDoc(element) && element[part] !== undefined)) {
    throw new QueryError(
      16746,
      `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${part}'`,
    );
  }
  const element = array[Number(part)];
  if (rest.length === 0 && Array.isArray(element))
    return settled(element.length === 0 ? EMPTY_ARRAY : element);
  return follow(element, rest);
}
