// Arithmetic: $add, $rand.

import { isDoc, type NumberValue } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { add, intOrLong } from '../numbers.ts';
import { isNullish, isNumber, makeDouble, toNumber, typeName } from '../types.ts';
import { variadic, type Argument, type Family, type Operator } from './compiler.ts';

function sum(values: Argument[]): Argument {
  let total: NumberValue = 0;
  let date = false;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) {
      if (date) throw new QueryError(16612, 'only one date allowed in an $add expression');
      date = true;
      total = add(total, BigInt(value.getTime()));
    } else if (isNumber(value)) total = add(total, value);
    else throw new QueryError(14, `$add only supports numeric or date types, not ${typeName(value)}`);
  }
  if (date) return dateAt(toNumber(total));
  // What grew to an int64 on the way is one only if one was given.
  return typeof total === 'bigint' && !values.some((value) => typeof value === 'bigint')
    ? intOrLong(total)
    : total;
}

function dateAt(millis: number): Date {
  const whole = Math.sign(millis) * Math.round(Math.abs(millis));
  if (!(Math.abs(whole) <= 8.64e15)) throw new QueryError(15, 'date overflow');
  return new Date(whole);
}

const random: Operator = (operand) => {
  if (!isDoc(operand) && !Array.isArray(operand))
    throw new QueryError(10065, 'invalid parameter: expected an object ($rand)');
  if (Object.keys(operand).length > 0)
    throw new QueryError(3040501, '$rand does not currently accept arguments');
  return () => makeDouble(Math.random());
};

export const arithmetic: Family = {
  $add: variadic('$add', sum),
  $rand: random,
};
