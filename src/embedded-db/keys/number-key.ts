// Key bytes that sort as the exact numbers do, whatever their types: the nearest double, then what it leaves over.
import { Decimal128, type NumberValue } from '../query/bson.ts';
import { toNumber } from '../query/types.ts';
import type { ByteWriter } from './byte-writer.ts';

/** `digits × 10^exponent`. */
interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

const NAN = Buffer.alloc(8);
const BELOW = 0x7f;
const EXACT = 0x80;
const ABOVE = 0x81;
// Added to a power of ten, which in Decimal128 is above -6,200, to make it a whole number.
const BIAS = 10_000;

/** Appends the bytes of a number. */
export function writeNumber(out: ByteWriter, value: NumberValue): void {
  const decimal = decimalOf(value);
  // 0 and -0 are equal.
  const nearest = toNumber(value) + 0;
  // Decimals beyond all doubles come after the largest one, and infinity only after them.
  const double = decimal ? Math.max(-Number.MAX_VALUE, Math.min(nearest, Number.MAX_VALUE)) : nearest;
  if (Number.isNaN(double)) out.bytes(NAN);
  else out.sortableDouble(double);
  if (decimal) writeRest(out, decimal, double);
  else out.byte(EXACT);
}

// The numbers that a double may not hold: int64, and decimals that are neither infinite nor NaN.
function decimalOf(value: NumberValue): Decimal | undefined {
  if (typeof value === 'bigint') return { digits: value, exponent: 0 };
  const text = value instanceof Decimal128 ? value.toString() : '';
  const [, whole, fraction = '', exponent = '0'] = /^(-?\d+)(?:\.(\d+))?(?:E([+-]\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

function decimalOfDouble(value: number): Decimal {
  let scaled = value;
  let halvings = 0;
  for (; !Number.isInteger(scaled); halvings += 1) scaled *= 2;
  return { digits: BigInt(scaled) * 5n ** BigInt(halvings), exponent: -halvings };
}

function writeRest(out: ByteWriter, exact: Decimal, nearest: number): void {
  const double = decimalOfDouble(nearest);
  const exponent = Math.min(exact.exponent, double.exponent);
  const scaled = (one: Decimal): bigint => one.digits * 10n ** BigInt(one.exponent - exponent);
  const rest = scaled(exact) - scaled(double);
  if (rest === 0n) return out.byte(EXACT);
  out.byte(rest < 0n ? BELOW : ABOVE);
  const start = out.position();
  const digits = String(rest < 0n ? -rest : rest);
  out.uint32(exponent + digits.length + BIAS);
  out.utf8(digits.replace(/0+$/, ''));
  out.byte(0);
  if (rest < 0n) out.invertFrom(start);
}
