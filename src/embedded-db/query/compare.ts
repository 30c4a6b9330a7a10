// MongoDB's total order of BSON values: by type first, then within the type. It is the order of their key bytes.

import { encodeValue } from '../keys/encode.ts';
import { Decimal128, isDoc, keysOf, type Value } from './bson.ts';
import { isNumber, RANK, rankOf, toNumber, typeName } from './types.ts';

/** Below zero, zero or above zero as `a` sorts before, with or after `b`; numbers compare by exact value across types. */
export function compareValues(a: Value | undefined, b: Value | undefined): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (typeof a === 'number' && typeof b === 'number') return compareDoubles(a, b);
  const rank = rankOf(a);
  if (rank !== rankOf(b)) return rank < rankOf(b) ? -1 : 1;
  if (rank === RANK.undefined) return 0;
  return Buffer.compare(encodeValue(a), encodeValue(b));
}

/** True where two values are the same to MongoDB: 1 equals 1.0 and NumberLong(1); documents need the same key order. */
export function equalValues(a: Value | undefined, b: Value | undefined): boolean {
  return a === b || compareValues(a, b) === 0;
}

/** True where two values would have the same BSON bytes: equal ones of other types differ. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (a === undefined || b === undefined || typeName(a) !== typeName(b)) return false;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((element, index) => sameValue(element, b[index]));
  if (isDoc(a) && isDoc(b)) {
    const [left, right] = [keysOf(a), keysOf(b)];
    if (left.length !== right.length) return false;
    return left.every((key, index) => key === right[index] && sameValue(a[key], b[key]));
  }
  if (isNumber(a) && isNumber(b) && typeName(a) === 'double') return Object.is(toNumber(a), toNumber(b));
  return a instanceof Decimal128 ? String(a) === String(b) : compareValues(a, b) === 0;
}

/** Orders strings as their UTF-8 bytes do (JavaScript's own order puts 𠮷 before ﹏). */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const x = a.charCodeAt(index);
    const y = b.charCodeAt(index);
    if (x !== y) return (x >= 0xd800 && y >= 0xd800 ? byCodePoint(x) - byCodePoint(y) : x - y) < 0 ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

// A surrogate stands for a code point above U+FFFF, so it sorts after the units U+E000 to U+FFFF.
function byCodePoint(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  return 1;
}
