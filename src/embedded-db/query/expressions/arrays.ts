// Arrays: $arrayElemAt, $concatArrays, $filter, $in, $setUnion.

import type { Value } from '../bson.ts';
import { compareValues, equalValues } from '../compare.ts';
import { QueryError, unsupported } from '../errors.ts';
import { isNullish, isTruthy, typeName, wholeNumber } from '../types.ts';
import { binary, extendVariables, namedOperands, variadic } from './compiler.ts';
import type { Argument, Family, Operator } from './compiler.ts';

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

// Each takes three bytes of BSON or more.
const MOST_ELEMENTS = (64 * 1024 * 1024) / 4;

/** All elements of several arrays, null where one of them is null or missing. */
function joined(name: string, code: number, arrays: Argument[]): Value[] | null {
  const all: Value[] = [];
  for (const array of arrays) {
    if (isNullish(array)) return null;
    if (!Array.isArray(array))
      throw new QueryError(code, `${name} only supports arrays, not ${typeName(array)}`);
    if (all.length + array.length > MOST_ELEMENTS)
      throw new QueryError(10334, `BSONObj size is invalid: ${name} makes an array past 64 MB`);
    for (const element of array) all.push(element);
  }
  return all;
}

function isMember(value: Argument, array: Argument): boolean {
  if (!Array.isArray(array)) {
    throw new QueryError(40081, `$in requires an array as a second argument, found: ${typeName(array)}`);
  }
  return array.some((element) => equalValues(element, value));
}

const FILTER_ARGUMENTS = {
  notObject: 28646,
  unknown: 28647,
  missing: { input: 28648, cond: 28650 },
  optional: ['as', 'limit'],
};

const filter: Operator = (operand, compiler) => {
  const doc = namedOperands('$filter', operand, FILTER_ARGUMENTS);
  if (doc['limit'] !== undefined) throw unsupported('$filter with limit');
  const as = doc['as'] ?? 'this';
  if (typeof as !== 'string' || as === '')
    throw new QueryError(16866, 'empty variable names are not allowed');
  const input = compiler.compile(doc['input']!);
  const test = compiler.withVariable(as).compile(doc['cond']!);
  return (root, vars) => {
    const array = input(root, vars);
    if (isNullish(array)) return null;
    if (!Array.isArray(array))
      throw new QueryError(28651, `input to $filter must be an array not ${typeName(array)}`);
    const inner = extendVariables(vars);
    return array.filter((element) => {
      inner[as] = element;
      return isTruthy(test(root, inner));
    });
  };
};

export const arrays: Family = {
  $arrayElemAt: binary('$arrayElemAt', elementAt),
  $concatArrays: variadic('$concatArrays', (values) => joined('$concatArrays', 28664, values)),
  $filter: filter,
  $in: binary('$in', isMember),
  $setUnion: variadic('$setUnion', (values) => {
    const all = joined('$setUnion', 17043, values);
    all?.sort(compareValues);
    return all && all.filter((value, at) => at === 0 || !equalValues(value, all[at - 1]));
  }),
};
