// Arithmetic over BSON's numbers: the result is the wider type, int32 grows to int64, int64 to double.

import type { Double } from './bson.ts';
import { Decimal128, type NumberValue } from './bson.ts';
import { unsupported } from './errors.ts';
import { isInt32, makeDouble, toNumber } from './types.ts';

type WholeOrDouble = number | bigint | Double;

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

/** $sum and $avg: one total over mixed number types. */
export class Summation {
  private count = 0;
  // Whole numbers: `small` stays exact below 2^53 and spills into `large`.
  private small = 0;
  private large = 0n;
  private sawLong = false;
  // Doubles: `high + low` carries the rounding errors along; `plain` answers where infinities meet.
  private sawDouble = false;
  private high = 0;
  private low = 0;
  private plain = 0;

  /** Adds one number; Decimal128 is refused. */
  add(value: NumberValue): void {
    this.count += 1;
    if (!isWhole(value)) {
      this.sawDouble = true;
      this.addDouble(toNumber(inScope(value)));
    } else if (typeof value === 'bigint') {
      this.sawLong = true;
      this.large += value;
    } else {
      this.small += value;
      if (Math.abs(this.small) > 2 ** 52) this.spill();
    }
  }

  private spill(): void {
    this.large += BigInt(this.small);
    this.small = 0;
  }

  private addDouble(value: number): void {
    this.plain += value;
    const sum = this.high + value;
    const part = sum - this.high;
    this.low += this.high - (sum - part) + (value - part);
    this.high = sum;
  }

  /** The sum, of the widest type seen and correctly rounded for doubles; 0 when nothing was added. */
  total(): WholeOrDouble {
    this.spill();
    if (this.sawDouble) return makeDouble(this.asDouble());
    if (!this.sawLong) return intOrLong(this.large);
    return BigInt.asIntN(64, this.large) === this.large ? this.large : makeDouble(Number(this.large));
  }

  /** The average, a double; null of nothing. */
  average(): number | Double | null {
    this.spill();
    return this.count === 0 ? null : makeDouble(this.asDouble() / this.count);
  }

  private asDouble(): number {
    this.addDouble(Number(this.large));
    this.large = 0n;
    const doubles = this.high + this.low;
    return Number.isNaN(doubles) ? this.plain : doubles;
  }
}
