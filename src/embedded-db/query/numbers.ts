// Arithmetic over BSON's four number types: the result is the wider type, int32 grows to int64, int64 to double.

import { Double } from 'bson';
import type { NumberValue } from './bson/values.ts';
import { addDecimals, decimalOperand, subtractDecimals, toDecimal128 } from './decimal.ts';
import { isInt32, makeDouble, toNumber } from './types.ts';

/** From narrow to wide. */
export type NumberKind = 0 | 1 | 2 | 3;
export const INT: NumberKind = 0;
export const LONG: NumberKind = 1;
export const DOUBLE: NumberKind = 2;
export const DECIMAL: NumberKind = 3;

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** 0 int32, 1 int64, 2 double, 3 decimal. */
export function numberKind(value: NumberValue): NumberKind {
  if (typeof value === 'number') return isInt32(value) ? INT : DOUBLE;
  if (typeof value === 'bigint') return LONG;
  return value instanceof Double ? DOUBLE : DECIMAL;
}

/** True where a whole number fits int64. */
export function fitsInt64(value: bigint): boolean {
  return value >= INT64_MIN && value <= INT64_MAX;
}

/** An int32 where it fits, else an int64. */
export function intOrLong(value: bigint): number | bigint {
  return value >= -2147483648n && value <= 2147483647n ? Number(value) : value;
}

/** a + b. */
export function add(a: NumberValue, b: NumberValue): NumberValue {
  if (typeof a === 'number' && typeof b === 'number') return plainResult(a, b, a + b);
  return combine(
    a,
    b,
    (x, y) => x + y,
    (x, y) => x + y,
    addDecimals,
  );
}

/** a − b. */
export function subtract(a: NumberValue, b: NumberValue): NumberValue {
  if (typeof a === 'number' && typeof b === 'number') return plainResult(a, b, a - b);
  return combine(
    a,
    b,
    (x, y) => x - y,
    (x, y) => x - y,
    subtractDecimals,
  );
}

// Two plain numbers: the sum of int32s is exact in a double, so only its type is to be found.
function plainResult(a: number, b: number, result: number): NumberValue {
  if (isInt32(a) && isInt32(b)) return isInt32(result) ? result : BigInt(result);
  return makeDouble(result);
}

function combine(
  a: NumberValue,
  b: NumberValue,
  doubles: (x: number, y: number) => number,
  longs: (x: bigint, y: bigint) => bigint,
  decimals: typeof addDecimals,
): NumberValue {
  const kind = Math.max(numberKind(a), numberKind(b));
  if (kind === DECIMAL) return toDecimal128(decimals(decimalOperand(a), decimalOperand(b)));
  if (kind === DOUBLE) return makeDouble(doubles(toNumber(a), toNumber(b)));
  const result = longs(BigInt(a as number | bigint), BigInt(b as number | bigint));
  if (kind === INT) return intOrLong(result);
  return fitsInt64(result) ? result : makeDouble(doubles(toNumber(a), toNumber(b)));
}
