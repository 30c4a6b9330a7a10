// MongoDB's total order of BSON values: by type first, then within the type.

import type { BSONRegExp, BSONSymbol, Code, DBRef, ObjectId, Timestamp } from 'bson';
import { Decimal128, Double, type Binary } from 'bson';
import { keysOf, type Doc, type NumberValue, type Value } from './bson/values.ts';
import { compareDecimals, decimalParts } from './decimal.ts';
import { typeRank } from './types.ts';

/** Below zero, zero or above zero as `a` sorts before, with or after `b`; numbers compare by exact value across types. */
export function compareValues(a: Value | undefined, b: Value | undefined): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (typeof a === 'number' && typeof b === 'number') return compareDoubles(a, b);
  const rank = typeRank(a);
  const difference = rank - typeRank(b);
  if (difference !== 0) return difference < 0 ? -1 : 1;
  return compareWithin(rank, a as Value, b as Value);
}

/** True where two values are the same to MongoDB: 1 equals 1.0 and NumberLong(1); documents need the same key order. */
export function equalValues(a: Value | undefined, b: Value | undefined): boolean {
  return a === b || compareValues(a, b) === 0;
}

function compareWithin(rank: number, a: Value, b: Value): number {
  switch (rank) {
    case 10:
      return compareNumbers(a as NumberValue, b as NumberValue);
    case 15:
      return compareStrings(textOf(a), textOf(b));
    case 20:
      return compareDocs(a as Doc, b as Doc);
    case 25:
      return compareArrays(a as Value[], b as Value[]);
    case 30:
      return compareBinaries(a as Binary, b as Binary);
    case 35:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case 40:
      return Number(a) - Number(b);
    case 45:
      return Math.sign((a as Date).getTime() - (b as Date).getTime());
    case 47:
      return (
        compareDoubles((a as Timestamp).t, (b as Timestamp).t) ||
        compareDoubles((a as Timestamp).i, (b as Timestamp).i)
      );
    default:
      return compareRare(rank, a, b);
  }
}

function compareRare(rank: number, a: Value, b: Value): number {
  switch (rank) {
    case 50: {
      const [x, y] = [a as BSONRegExp, b as BSONRegExp];
      return compareStrings(x.pattern, y.pattern) || compareStrings(x.options, y.options);
    }
    case 55: {
      const [x, y] = [a as DBRef, b as DBRef];
      return compareStrings(x.collection, y.collection) || Buffer.compare(x.oid.id, y.oid.id);
    }
    case 60:
    case 65: {
      const [x, y] = [a as Code, b as Code];
      return compareStrings(x.code, y.code) || compareDocs((x.scope ?? {}) as Doc, (y.scope ?? {}) as Doc);
    }
    default:
      return 0;
  }
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : (value as BSONSymbol).value;
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

function compareNumbers(a: NumberValue, b: NumberValue): number {
  if (a instanceof Decimal128 || b instanceof Decimal128)
    return compareDecimals(decimalParts(a), decimalParts(b));
  const x = a instanceof Double ? a.value : a;
  const y = b instanceof Double ? b.value : b;
  if (typeof x === 'number' && typeof y === 'number') return compareDoubles(x, y);
  if (x < y) return -1;
  if (x > y) return 1;
  if (Number.isNaN(x)) return -1;
  if (Number.isNaN(y)) return 1;
  return 0;
}

function compareArrays(a: Value[], b: Value[]): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const order = compareValues(a[index], b[index]);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

function compareDocs(a: Doc, b: Doc): number {
  const left = keysOf(a);
  const right = keysOf(b);
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const order = compareFields(a, left[index]!, b, right[index]!);
    if (order !== 0) return order;
  }
  return Math.sign(left.length - right.length);
}

function compareFields(a: Doc, x: string, b: Doc, y: string): number {
  const difference = typeRank(a[x]) - typeRank(b[y]);
  if (difference !== 0) return difference < 0 ? -1 : 1;
  return compareStrings(x, y) || compareValues(a[x], b[y]);
}

function compareBinaries(a: Binary, b: Binary): number {
  const [x, y] = [a.buffer.subarray(0, a.position), b.buffer.subarray(0, b.position)];
  return Math.sign(x.length - y.length) || Math.sign(a.sub_type - b.sub_type) || Buffer.compare(x, y);
}
