// $sum and $avg: one compensated total over mixed number types.

import type { Decimal128 } from './bson.ts';
import { Double, type NumberValue } from './bson.ts';
import { addDecimals, decimalParts, divideDecimals, toDecimal128, type DecimalParts } from './decimal.ts';
import { DECIMAL, DOUBLE, fitsInt64, INT, intOrLong, LONG, type NumberKind } from './numbers.ts';
import { isInt32, makeDouble } from './types.ts';

/** Adds numbers up; the result has the widest type seen and is correctly rounded for doubles. */
export class Summation {
  private widest: NumberKind = INT;
  // Whole numbers: `small` stays exact below 2^53 and spills into `large`.
  private small = 0;
  private large = 0n;
  // Doubles: `high + low` carries the rounding errors along; `plain` answers where infinities meet.
  private high = 0;
  private low = 0;
  private plain = 0;
  private decimal: DecimalParts | undefined;

  /** Adds one number. */
  add(value: NumberValue): void {
    if (typeof value === 'number') {
      if (isInt32(value)) this.addWhole(value);
      else this.addDouble(value);
    } else if (typeof value === 'bigint') {
      if (this.widest < LONG) this.widest = LONG;
      this.large += value;
    } else if (value instanceof Double) this.addDouble(value.value);
    else this.addDecimal(value);
  }

  private addWhole(value: number): void {
    this.small += value;
    if (this.small > 4503599627370496 || this.small < -4503599627370496) {
      this.large += BigInt(this.small);
      this.small = 0;
    }
  }

  private addDouble(value: number): void {
    if (this.widest < DOUBLE) this.widest = DOUBLE;
    this.compensate(value);
  }

  private compensate(value: number): void {
    this.plain += value;
    const sum = this.high + value;
    const part = sum - this.high;
    this.low += this.high - (sum - part) + (value - part);
    this.high = sum;
  }

  private addDecimal(value: Decimal128): void {
    this.widest = DECIMAL;
    this.decimal = addDecimals(this.decimal ?? decimalParts(0), decimalParts(value));
  }

  /** The sum; 0 when nothing was added. */
  total(): NumberValue {
    const whole = this.large + BigInt(this.small);
    if (this.widest === INT) return intOrLong(whole);
    if (this.widest === LONG) return fitsInt64(whole) ? whole : makeDouble(Number(whole));
    if (this.widest === DOUBLE) return makeDouble(this.asDouble(whole));
    return toDecimal128(this.asDecimal(whole));
  }

  /** The average over `count` numbers: a double, or a decimal where one was added. */
  average(count: number): NumberValue {
    const whole = this.large + BigInt(this.small);
    if (this.widest < DECIMAL) return makeDouble(this.asDouble(whole) / count);
    return toDecimal128(divideDecimals(this.asDecimal(whole), decimalParts(count)));
  }

  private asDouble(whole: bigint): number {
    const doubles = this.high + this.low;
    if (Number.isNaN(doubles)) return this.plain + Number(whole);
    if (whole === 0n) return doubles;
    const value = Number(whole);
    const sum = this.high + value;
    const part = sum - this.high;
    return sum + (this.low + (this.high - (sum - part)) + (value - part));
  }

  private asDecimal(whole: bigint): DecimalParts {
    const doubles = addDecimals(decimalParts(this.high), decimalParts(this.low));
    return addDecimals(addDecimals(doubles, decimalParts(whole)), this.decimal ?? decimalParts(0));
  }
}
