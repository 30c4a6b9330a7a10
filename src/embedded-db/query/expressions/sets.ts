// Arrays as sets: $setEquals, $setIntersection, $setUnion, $setDifference, $setIsSubset, $anyElementTrue, $allElementsTrue.

import type { Value } from '../bson.ts';
import { compareValues } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { distinctValues, ValueMap } from '../identity.ts';
import { isNullish, typeName } from '../types.ts';
import { binary, unary, variadic, type Argument, type Family } from './compiler.ts';
import { truth } from './truth.ts';

function arrayOf(name: string, code: number, value: Argument): Value[] {
  if (!Array.isArray(value))
    throw new QueryError(
      code,
      `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`,
    );
  return value;
}

function members(array: Value[]): ValueMap<true> {
  const map = new ValueMap<true>();
  for (const value of array) map.set(value, true);
  return map;
}

function contains(array: Value[], others: Value[]): boolean {
  const map = members(array);
  return others.every((value) => map.get(value) !== undefined);
}

function equals(values: Argument[]): boolean {
  const [first, ...rest] = values.map((value) => arrayOf('$setEquals', 17044, value)) as [
    Value[],
    ...Value[][],
  ];
  return rest.every((other) => contains(first, other) && contains(other, first));
}

function intersection(values: Argument[]): Argument {
  if (values.some(isNullish)) return null;
  const arrays = values.map((value) => arrayOf('$setIntersection', 17047, value));
  const [first = [], ...rest] = arrays;
  const maps = rest.map(members);
  return distinctValues(first)
    .filter((value) => maps.every((map) => map.get(value) !== undefined))
    .sort(compareValues);
}

function union(values: Argument[]): Argument {
  if (values.some(isNullish)) return null;
  return distinctValues(values.flatMap((value) => arrayOf('$setUnion', 17043, value))).sort(compareValues);
}

function difference(left: Argument, right: Argument): Argument {
  if (isNullish(left) || isNullish(right)) return null;
  const others = members(arrayOf('$setDifference', 17049, right));
  return distinctValues(arrayOf('$setDifference', 17048, left)).filter(
    (value) => others.get(value) === undefined,
  );
}

export const sets: Family = {
  $setEquals: variadic('$setEquals', 2, Infinity, equals),
  $setIntersection: variadic('$setIntersection', 0, Infinity, intersection),
  $setUnion: variadic('$setUnion', 0, Infinity, union),
  $setDifference: binary('$setDifference', difference),
  $setIsSubset: binary('$setIsSubset', (left, right) =>
    contains(arrayOf('$setIsSubset', 17042, right), arrayOf('$setIsSubset', 17046, left)),
  ),
  $anyElementTrue: unary('$anyElementTrue', (array) => arrayOf('$anyElementTrue', 17041, array).some(truth)),
  $allElementsTrue: unary('$allElementsTrue', (array) =>
    arrayOf('$allElementsTrue', 17040, array).every(truth),
  ),
};
