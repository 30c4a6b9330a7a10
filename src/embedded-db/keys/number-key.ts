// Splits any BSON number into doubles that sort as the exact number does: the nearest double, then what it leaves over.
import { Decimal128, Double, type Value } from '../query/bson.ts';
import { decimalParts } from '../query/decimal.ts';

export interface NumberParts {
  readonly nearest: number;
  /** 0 when `nearest` is exact; otherwise the sign of what is left over, which `rest` spells out. */
  readonly restSign: -1 | 0 | 1;
  readonly rest: readonly [number, number];
}

const exact = (nearest: number): NumberParts => ({ nearest, restSign: 0, rest: [0, 0] });

/** The parts of a number; `undefined` for any other value. */
export function numberParts(value: Value): NumberParts | undefined {
  if (typeof value === 'number') return exact(value === 0 ? 0 : value);
  if (typeof value === 'bigint') return integerParts(value);
  if (value instanceof Double) return exact(value.value === 0 ? 0 : value.value);
  if (value instanceof Decimal128) return ofDecimal(value);
  return undefined;
}

function integerParts(value: bigint): NumberParts {
  const nearest = Number(value);
  const rest = Number(value - BigInt(nearest));
  return rest === 0 ? exact(nearest) : { nearest, restSign: rest < 0 ? -1 : 1, rest: [rest, 0] };
}

function ofDecimal(value: Decimal128): NumberParts {
  const { special, coefficient: digits, exponent } = decimalParts(value);
  if (special !== null) return exact(Number(special));
  if (digits === 0n) return exact(0);
  const nearest = Number(value.toString());
  if (!Number.isFinite(nearest) || nearest === 0) return beyondDouble(digits, exponent, nearest === 0);
  const scale = 10n ** BigInt(Math.abs(exponent));
  const [top, bottom] = exponent < 0 ? [digits, scale] : [digits * scale, 1n];
  const [first, left] = remainder(top, bottom, nearest);
  if (left[0] === 0n) return exact(first);
  const second = ratioToDouble(...left);
  const [, last] = remainder(left[0], left[1], second);
  return { nearest, restSign: left[0] < 0n ? -1 : 1, rest: [second, ratioToDouble(...last)] };
}

// Larger or smaller than any double: the power of ten decides, then the leading digits.
function beyondDouble(digits: bigint, exponent: number, tiny: boolean): NumberParts {
  const sign = digits < 0n ? -1 : 1;
  const length = String(digits).replace('-', '').length;
  const magnitude = exponent + length + 20_000;
  const leading = Number(`0.${String(digits).replace('-', '')}`);
  return {
    nearest: tiny ? 0 : sign * Number.MAX_VALUE,
    restSign: sign,
    rest: [sign * magnitude * (tiny ? 1e-320 : 1e300), sign * leading],
  };
}

function remainder(top: bigint, bottom: bigint, subtract: number): [number, [bigint, bigint]] {
  const [numerator, denominator] = doubleToRatio(subtract);
  return [subtract, [top * denominator - numerator * bottom, bottom * denominator]];
}

function doubleToRatio(value: number): [bigint, bigint] {
  let power = 0n;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    power += 1n;
  }
  return [BigInt(scaled), 2n ** power];
}

function ratioToDouble(top: bigint, bottom: bigint): number {
  if (top === 0n) return 0;
  const magnitude = top < 0n ? -top : top;
  const shift = Math.max(0, bottom.toString(2).length - magnitude.toString(2).length + 64);
  const quotient = Number((magnitude << BigInt(shift)) / bottom);
  const value = shift > 1000 ? quotient * 2 ** -1000 * 2 ** (1000 - shift) : quotient * 2 ** -shift;
  return top < 0n ? -value : value;
}
