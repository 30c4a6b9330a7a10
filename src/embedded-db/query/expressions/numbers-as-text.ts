// Numbers and dates as text, as MongoDB writes them.

import { Decimal128, Double, ObjectId, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { isInt32, isNullish, typeName } from '../types.ts';

/** A double with 16 significant digits, as C's %.16g prints it. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', exponent = '0'] = value.toExponential(15).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 16) return trimmed(value.toFixed(Math.min(100, 15 - power)));
  const sign = power < 0 ? '-' : '+';
  return `${trimmed(digits)}e${sign}${String(Math.abs(power)).padStart(2, '0')}`;
}

function trimmed(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

/** The text of a value that $toString converts; undefined for other types. */
export function scalarText(value: Value | undefined): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'number':
      return isInt32(value) ? String(value) : doubleText(value);
    default:
      if (value instanceof Date) return value.toISOString();
      if (value instanceof ObjectId) return value.toHexString();
      if (value instanceof Double) return doubleText(value.value);
      return value instanceof Decimal128 ? value.toString() : undefined;
  }
}

/** The text the string operators take a value for: null is empty; 16007 for what has no text. */
export function coercedText(value: Value | undefined): string {
  if (isNullish(value)) return '';
  const text = typeof value === 'boolean' || value instanceof ObjectId ? undefined : scalarText(value);
  if (text === undefined)
    throw new QueryError(16007, `can't convert from BSON type ${typeName(value)} to String`);
  return text;
}
