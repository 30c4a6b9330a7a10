// Decimal128 numbers as sign, whole coefficient and exponent: exact comparison, and arithmetic rounded to 34 digits.

import { Decimal128, Double } from 'bson';
import type { NumberValue } from './bson/values.ts';

/** `coefficient × 10^exponent`, or one of the values that are no finite number. */
export interface DecimalParts {
  special: 'NaN' | 'Infinity' | '-Infinity' | null;
  coefficient: bigint;
  exponent: number;
}

const DIGITS = 34;
const LARGEST_EXPONENT = 6111;
const SMALLEST_EXPONENT = -6176;

const finite = (coefficient: bigint, exponent: number): DecimalParts => ({
  special: null,
  coefficient,
  exponent,
});
const specialParts = (special: DecimalParts['special']): DecimalParts => ({
  special,
  coefficient: 0n,
  exponent: 0,
});

/** The exact value of any BSON number. */
export function decimalParts(value: NumberValue): DecimalParts {
  if (typeof value === 'bigint') return finite(value, 0);
  if (value instanceof Decimal128) return parseDecimal(value.toString());
  return doubleParts(value instanceof Double ? value.value : value);
}

function parseDecimal(text: string): DecimalParts {
  if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') return specialParts(text);
  const [digits = '0', exponent = '0'] = text.split('E');
  const [whole = '0', fraction = ''] = digits.split('.');
  return finite(BigInt(whole + fraction), Number(exponent) - fraction.length);
}

function doubleParts(value: number): DecimalParts {
  if (Number.isNaN(value)) return specialParts('NaN');
  if (!Number.isFinite(value)) return specialParts(value > 0 ? 'Infinity' : '-Infinity');
  if (Number.isInteger(value)) return finite(BigInt(value), 0);
  let scaled = value;
  let halvings = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    halvings += 1;
  }
  return finite(BigInt(scaled) * 5n ** BigInt(halvings), -halvings);
}

/** A number as an operand beside decimals: MongoDB gives a double 15 significant digits there. */
export function decimalOperand(value: NumberValue): DecimalParts {
  if (typeof value === 'bigint' || value instanceof Decimal128) return decimalParts(value);
  const plain = value instanceof Double ? value.value : value;
  const whole = typeof value === 'number' && Number.isInteger(plain) && Math.abs(plain) <= 2147483648;
  if (whole || !Number.isFinite(plain)) return doubleParts(plain);
  return parseDecimal(plain.toExponential(14).replace('e', 'E'));
}

const ORDER = { NaN: -2, '-Infinity': -1, Infinity: 1 } as const;

/** Orders two numbers by exact value; NaN is below every other number. */
export function compareDecimals(a: DecimalParts, b: DecimalParts): number {
  if (a.special !== null || b.special !== null) {
    return Math.sign(
      (a.special === null ? 0 : ORDER[a.special]) - (b.special === null ? 0 : ORDER[b.special]),
    );
  }
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

function aligned(a: DecimalParts, b: DecimalParts): [bigint, bigint, number] {
  const exponent = Math.min(a.exponent, b.exponent);
  return [
    a.coefficient * 10n ** BigInt(a.exponent - exponent),
    b.coefficient * 10n ** BigInt(b.exponent - exponent),
    exponent,
  ];
}

/** A BSON decimal of these parts, rounded half to even at 34 digits. */
export function toDecimal128(parts: DecimalParts): Decimal128 {
  if (parts.special !== null) return Decimal128.fromString(parts.special);
  let { coefficient, exponent } = parts;
  const excess = digitsOf(coefficient) - DIGITS;
  if (excess > 0) [coefficient, exponent] = [roundDown(coefficient, excess), exponent + excess];
  if (digitsOf(coefficient) > DIGITS) [coefficient, exponent] = [coefficient / 10n, exponent + 1];
  if (exponent < SMALLEST_EXPONENT) {
    coefficient = roundDown(coefficient, SMALLEST_EXPONENT - exponent);
    exponent = SMALLEST_EXPONENT;
  }
  while (exponent > LARGEST_EXPONENT && digitsOf(coefficient) < DIGITS && coefficient !== 0n) {
    [coefficient, exponent] = [coefficient * 10n, exponent - 1];
  }
  if (exponent > LARGEST_EXPONENT) {
    if (coefficient !== 0n) return Decimal128.fromString(coefficient > 0n ? 'Infinity' : '-Infinity');
    exponent = LARGEST_EXPONENT;
  }
  return Decimal128.fromString(`${coefficient.toString()}E${String(exponent)}`);
}

function digitsOf(coefficient: bigint): number {
  return (coefficient < 0n ? -coefficient : coefficient).toString().length;
}

function roundDown(coefficient: bigint, places: number): bigint {
  const unit = 10n ** BigInt(places);
  return halfEven(coefficient, unit);
}

// `numerator / denominator` (denominator above 0) to the nearest whole number, halves to even.
function halfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const away = twice > denominator || (twice === denominator && quotient % 2n !== 0n);
  return away ? quotient + (numerator < 0n ? -1n : 1n) : quotient;
}

/** a + b, as IEEE 754-2008 decimals. */
export function addDecimals(a: DecimalParts, b: DecimalParts): DecimalParts {
  if (a.special !== null || b.special !== null) return viaDouble(a, b, (x, y) => x + y);
  const [x, y, exponent] = aligned(a, b);
  return finite(x + y, exponent);
}

/** a − b, as IEEE 754-2008 decimals. */
export function subtractDecimals(a: DecimalParts, b: DecimalParts): DecimalParts {
  if (a.special !== null || b.special !== null) return viaDouble(a, b, (x, y) => x - y);
  return addDecimals(a, finite(-b.coefficient, b.exponent));
}

/** a ÷ b to 34 digits; dividing by zero is the caller's error. */
export function divideDecimals(a: DecimalParts, b: DecimalParts): DecimalParts {
  if (a.special !== null || b.special !== null) return viaDouble(a, b, (x, y) => x / y);
  const ideal = a.exponent - b.exponent;
  if (a.coefficient % b.coefficient === 0n) return finite(a.coefficient / b.coefficient, ideal);
  const shift = DIGITS + 4 + Math.max(0, digitsOf(b.coefficient) - digitsOf(a.coefficient));
  const scaled = a.coefficient * 10n ** BigInt(shift);
  let quotient = scaled / b.coefficient;
  let exponent = ideal - shift;
  if (scaled % b.coefficient !== 0n) {
    // A trailing digit keeps an inexact quotient from looking like an exact half.
    quotient = quotient * 10n + (scaled < 0n === b.coefficient < 0n ? 1n : -1n);
    return finite(quotient, exponent - 1);
  }
  while (exponent < ideal && quotient % 10n === 0n) [quotient, exponent] = [quotient / 10n, exponent + 1];
  return finite(quotient, exponent);
}

function viaDouble(
  a: DecimalParts,
  b: DecimalParts,
  operation: (x: number, y: number) => number,
): DecimalParts {
  const plain = (parts: DecimalParts): number =>
    parts.special === null
      ? Number(parts.coefficient === 0n ? 0 : parts.coefficient > 0n ? 1 : -1)
      : Number(parts.special);
  return doubleParts(operation(plain(a), plain(b)));
}

/** The nearest double. */
export function toDouble(parts: DecimalParts): number {
  if (parts.special !== null) return Number(parts.special);
  return Number(`${parts.coefficient.toString()}e${String(parts.exponent)}`);
}
