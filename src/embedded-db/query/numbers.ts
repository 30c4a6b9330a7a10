// Arithmetic over BSON's numbers: the result is the wider type, int32 grows to int64, int64 to double.

import type { Double } from './bson.ts';
import { Decimal128, type NumberValue } from './bson.ts';
import { unsupported } from './errors.ts';
import { isInt32, makeDouble, toNumber } from './types.ts';

type WholeOrDouble = number | bigint | Double;
const HALF_LONG = 2n ** 32n;

/** True for an int32 or int64. */
export function isWhole(value: NumberValue): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && isInt32(value));
}

/** An int32 where it fits, else an int64. */
export function intOrLong(value: bigint): number | bigint {
  return BigInt.asIntN(32, value) === value ? Number(value) : value;
}

/** a + b; Decimal128 is refused. */
export function add(a: NumberValue, b: NumberValue): WholeOrDouble {
  if (!isWhole(a) || !isWhole(b)) return makeDouble(toNumber(inScope(a)) + toNumber(inScope(b)));
  const sum = BigInt(a) + BigInt(b);
  if (typeof a === 'number' && typeof b === 'number') return intOrLong(sum);
  return BigInt.asIntN(64, sum) === sum ? sum : makeDouble(toNumber(a) + toNumber(b));
}

function inScope(value: NumberValue): WholeOrDouble {
  if (value instanceof Decimal128) throw unsupported('Arithmetic with Decimal128');
  return value;
}

/**
 * $sum and $avg: one total over mixed number types, as MongoDB's DoubleDoubleSummation keeps it (util/summation.h): a rounded
 * sum and what the rounding left out, which is enough for every sum of int64 but counts for doubles only later on.
 */
export class Summation {
  private count = 0;
  private sawLong = false;
  private sawDouble = false;
  private sum = 0;
  private addend = 0;
  // Answers where infinities meet.
  private plain = 0;

  /** Adds one number; Decimal128 is refused. */
  add(value: NumberValue): void {
    this.count += 1;
    if (typeof value === 'bigint') {
      this.sawLong = true;
      const high = (value / HALF_LONG) * HALF_LONG;
      this.addDouble(Number(value - high));
      this.addDouble(Number(high));
      return;
    }
    this.sawDouble ||= !isWhole(value);
    this.addDouble(toNumber(inScope(value)));
  }

  private addDouble(value: number): void {
    this.plain += value;
    const small = value + this.addend;
    const left = this.addend - (small - value);
    const sum = this.sum + small;
    const part = sum - small;
    this.addend = left + (this.sum - part) + (small - (sum - part));
    this.sum = sum;
  }

  /** The sum, of the widest type seen; 0 when nothing was added. */
  total(): WholeOrDouble {
    if (this.sawDouble) return makeDouble(this.asDouble());
    const whole = BigInt(this.sum) + BigInt(this.addend);
    if (!this.sawLong) return intOrLong(whole);
    return BigInt.asIntN(64, whole) === whole ? whole : makeDouble(this.asDouble());
  }

  /** The average, a double; null of nothing. */
  average(): number | Double | null {
    return this.count === 0 ? null : makeDouble(this.asDouble() / this.count);
  }

  private asDouble(): number {
    return Number.isNaN(this.sum) ? this.plain : this.sum;
  }
}
