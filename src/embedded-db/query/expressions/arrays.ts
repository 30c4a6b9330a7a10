// Arrays: access, size, slices, concatenation, search, ranges, sorting.

import { isDoc, type Doc, type Value } from '../bson.ts';
import { compareValues, equalValues } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { compileSort } from '../sort.ts';
import { isNullish, typeName, wholeNumber } from '../types.ts';
import {
  binary,
  named,
  namedOperands,
  unary,
  variadic,
  type Argument,
  type Family,
  type Operator,
} from './compiler.ts';
import { truth } from './truth.ts';

function elementAt(array: Argument, index: Argument): Argument {
  if (isNullish(array) || isNullish(index)) return null;
  if (!Array.isArray(array)) {
    throw new QueryError(28689, `$arrayElemAt's first argument must be an array, but is ${typeName(array)}`);
  }
  const at = wholeNumber(index);
  if (at === undefined) {
    throw new QueryError(
      28690,
      `$arrayElemAt's second argument must be a 32-bit integer, but is ${typeName(index)}`,
    );
  }
  return array.at(at);
}

function end(name: string, at: 0 | -1): Operator {
  return unary(name, (array) => {
    if (isNullish(array)) return null;
    if (!Array.isArray(array))
      throw new QueryError(28689, `${name}'s argument must be an array, but is ${typeName(array)}`);
    return array.at(at);
  });
}

const size = unary('$size', (array) => {
  if (!Array.isArray(array)) {
    throw new QueryError(
      17124,
      `The argument to $size must be an array, but was of type: ${typeName(array)}`,
    );
  }
  return array.length;
});

function slice(values: Argument[]): Argument {
  const [array, second, third] = values;
  if (values.some(isNullish)) return null;
  if (!Array.isArray(array))
    throw new QueryError(
      28724,
      `First argument to $slice must be an array, but is of type: ${typeName(array)}`,
    );
  const first = wholeNumber(second);
  if (first === undefined)
    throw new QueryError(
      28725,
      `Second argument to $slice must be a numeric value, but is of type: ${typeName(second)}`,
    );
  if (third === undefined) return first >= 0 ? array.slice(0, first) : array.slice(first);
  const count = wholeNumber(third);
  if (count === undefined)
    throw new QueryError(
      28727,
      `Third argument to $slice must be numeric, but is of type: ${typeName(third)}`,
    );
  if (count <= 0) throw new QueryError(28729, `Third argument to $slice must be positive: ${String(count)}`);
  const start = first < 0 ? Math.max(0, array.length + first) : first;
  return array.slice(start, start + count);
}

function concat(arrays: Argument[]): Argument {
  const all: Value[] = [];
  for (const array of arrays) {
    if (isNullish(array)) return null;
    if (!Array.isArray(array))
      throw new QueryError(28664, `$concatArrays only supports arrays, not ${typeName(array)}`);
    for (const element of array) all.push(element);
  }
  return all;
}

const isMember = binary('$in', (value, array) => {
  if (!Array.isArray(array)) {
    throw new QueryError(40081, `$in requires an array as a second argument, found: ${typeName(array)}`);
  }
  return array.some((element) => equalValues(element, value));
});

function indexOf(values: Argument[]): Argument {
  const [array, value] = values;
  if (isNullish(array)) return null;
  if (!Array.isArray(array)) {
    throw new QueryError(
      40090,
      `$indexOfArray requires an array as a first argument, found: ${typeName(array)}`,
    );
  }
  const [from = 0, to = array.length] = values.slice(2).map((bound, index) => {
    const whole = wholeNumber(bound);
    const label = index === 0 ? 'starting' : 'ending';
    if (whole === undefined) throw new QueryError(40096, `$indexOfArray requires an integral ${label} index`);
    if (whole < 0) throw new QueryError(40097, `$indexOfArray requires a nonnegative ${label} index`);
    return whole;
  });
  for (let index = from; index < Math.min(to, array.length); index += 1) {
    if (equalValues(array[index], value)) return index;
  }
  return -1;
}

function range(values: Argument[]): Argument {
  const [start, stop, step = 1] = values.map((value, index) => {
    const whole = wholeNumber(value);
    if (whole === undefined)
      throw new QueryError(
        34443 + index * 2,
        `$range requires numeric integral arguments, found: ${typeName(value)}`,
      );
    return whole;
  }) as [number, number, number?];
  if (step === 0) throw new QueryError(34449, '$range requires a non-zero step value');
  const all: number[] = [];
  for (let each = start; step > 0 ? each < stop : each > stop; each += step) all.push(each);
  return all;
}

const reverse = unary('$reverseArray', (array) => {
  if (isNullish(array)) return null;
  if (!Array.isArray(array)) {
    throw new QueryError(
      34435,
      `The argument to $reverseArray must be an array, but was of type: ${typeName(array)}`,
    );
  }
  return array.toReversed();
});

const sort: Operator = (operand, compiler) => {
  const doc = namedOperands('$sortArray', operand, ['input', 'sortBy'], [], 2942500);
  const input = compiler.compile(doc['input']!);
  const order = sortOrder(doc['sortBy']!);
  return (root, vars) => {
    const array = input(root, vars);
    if (isNullish(array)) return null;
    if (!Array.isArray(array)) {
      throw new QueryError(
        2942504,
        `The input argument to $sortArray must be an array, but was of type: ${typeName(array)}`,
      );
    }
    return array.toSorted(order);
  };
};

/** The order of $sortArray and $push's $sort: 1 or -1 for whole values, or a specification for documents. */
export function sortOrder(sortBy: Value): (a: Value, b: Value) => number {
  if (isDoc(sortBy)) {
    const compare = compileSort(sortBy);
    const asDoc = (value: Value): Doc => (isDoc(value) ? value : {});
    return (a, b) => compare(asDoc(a), asDoc(b));
  }
  const direction = wholeNumber(sortBy);
  if (direction !== 1 && direction !== -1)
    throw new QueryError(2942501, 'sortBy must be 1, -1 or a sort specification');
  return (a, b) => compareValues(a, b) * direction;
}

function zip({ inputs, useLongestLength, defaults }: Record<string, Argument>): Argument {
  if (isNullish(inputs)) return null;
  if (!Array.isArray(inputs))
    throw new QueryError(34461, `inputs must be an array of expressions, found ${typeName(inputs)}`);
  if (inputs.some(isNullish)) return null;
  const arrays = inputs.map((input) => {
    if (!Array.isArray(input))
      throw new QueryError(34468, `$zip found a non-array expression in input: ${typeName(input)}`);
    return input;
  });
  const longest = truth(useLongestLength);
  if (defaults !== undefined && !longest)
    throw new QueryError(34466, 'cannot specify defaults unless useLongestLength is true');
  const lengths = arrays.map((array) => array.length);
  const length = longest ? Math.max(0, ...lengths) : Math.min(...lengths);
  const filler = Array.isArray(defaults) ? defaults : [];
  return Array.from({ length }, (_, row) =>
    arrays.map((array, column) => array[row] ?? filler[column] ?? null),
  );
}

function several(name: string, pick: (array: Value[], n: number) => Value[]): Operator {
  return named(
    name,
    ['n', 'input'],
    [],
    ({ n, input }) => {
      const count = wholeNumber(n);
      if (count === undefined)
        throw new QueryError(5787902, `Value for 'n' must be of integral type, but found ${typeName(n)}`);
      if (count <= 0) throw new QueryError(5787908, `'n' must be greater than 0, found ${String(count)}`);
      if (!Array.isArray(input)) throw new QueryError(5788200, `Input must be an array`);
      return pick(input, count);
    },
    5787901,
  );
}

const present = (array: Value[]): Value[] => array.filter((value) => !isNullish(value));

export const arrays: Family = {
  $arrayElemAt: binary('$arrayElemAt', elementAt),
  $first: end('$first', 0),
  $last: end('$last', -1),
  $size: size,
  $slice: variadic('$slice', 2, 3, slice),
  $concatArrays: variadic('$concatArrays', 0, Infinity, concat),
  $in: isMember,
  $isArray: unary('$isArray', (value) => Array.isArray(value)),
  $indexOfArray: variadic('$indexOfArray', 2, 4, indexOf),
  $range: variadic('$range', 2, 3, range),
  $reverseArray: reverse,
  $sortArray: sort,
  $zip: named('$zip', ['inputs'], ['useLongestLength', 'defaults'], zip, 34464),
  $firstN: several('$firstN', (array, n) => array.slice(0, n)),
  $lastN: several('$lastN', (array, n) => array.slice(-n)),
  $minN: several('$minN', (array, n) => present(array).toSorted(compareValues).slice(0, n)),
  $maxN: several('$maxN', (array, n) =>
    present(array)
      .toSorted((a, b) => compareValues(b, a))
      .slice(0, n),
  ),
};
