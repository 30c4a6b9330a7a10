// BSON's type names and numbers, as $type and error messages use them.

import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'bson';
import { BsonUndefined, type NumberValue, type Value } from './bson/values.ts';

const NAME_OF_PROTOTYPE = new Map<unknown, string>([
  [Date.prototype, 'date'],
  [ObjectId.prototype, 'objectId'],
  [Double.prototype, 'double'],
  [Decimal128.prototype, 'decimal'],
  [Binary.prototype, 'binData'],
  [UUID.prototype, 'binData'],
  [BSONRegExp.prototype, 'regex'],
  [Timestamp.prototype, 'timestamp'],
  [BSONSymbol.prototype, 'symbol'],
  [BsonUndefined.prototype, 'undefined'],
  [DBRef.prototype, 'dbPointer'],
  [MinKey.prototype, 'minKey'],
  [MaxKey.prototype, 'maxKey'],
]);

const NUMBERS: Readonly<Record<string, number>> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};

/** MongoDB's name of a value's type: 'int', 'double', 'objectId', … and 'missing' for `undefined`. */
export function typeName(value: Value | undefined): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return isInt32(value) ? 'int' : 'double';
    case 'bigint':
      return 'long';
    case 'boolean':
      return 'bool';
    case 'undefined':
      return 'missing';
    default:
      return nameOfObject(value);
  }
}

function nameOfObject(value: object | null): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Code.prototype)
    return (value as Code).scope === null ? 'javascript' : 'javascriptWithScope';
  return NAME_OF_PROTOTYPE.get(prototype) ?? 'object';
}

/** The type name for a number or alias of $type ('number' stays); undefined where there is none. */
export function typeNameOf(code: string | number): string | undefined {
  if (typeof code === 'number') return Object.keys(NUMBERS).find((name) => NUMBERS[name] === code);
  return code === 'number' || Object.hasOwn(NUMBERS, code) ? code : undefined;
}

/** True where a plain JavaScript number stands for an int32 (else it is a double). */
export function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

/** True for every BSON number. */
export function isNumber(value: Value | undefined): value is NumberValue {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return true;
    case 'object':
      return value instanceof Double || value instanceof Decimal128;
    default:
      return false;
  }
}

/** True for null, missing and BSON undefined, which most expressions answer with null. */
export function isNullish(value: Value | undefined): value is null | undefined | BsonUndefined {
  return value === undefined || value === null || value instanceof BsonUndefined;
}

/** MongoDB's truth of a value: false, zero, null and missing are false, all else is true. */
export function isTruthy(value: Value | undefined): boolean {
  if (typeof value === 'boolean') return value;
  if (isNullish(value)) return false;
  return !isNumber(value) || toNumber(value) !== 0;
}

/** The whole number a BSON number stands for, or undefined for fractions, NaN, infinities and other types. */
export function wholeNumber(value: Value | undefined): number | undefined {
  if (!isNumber(value)) return undefined;
  const plain = toNumber(value);
  return Number.isInteger(plain) ? plain : undefined;
}

/** The nearest JavaScript number of a BSON number. */
export function toNumber(value: NumberValue): number {
  if (typeof value === 'number') return value;
  if (value instanceof Double) return value.value;
  return Number(value instanceof Decimal128 ? value.toString() : value);
}

/** A double: wrapped where the plain number would look like an int32. */
export function makeDouble(value: number): number | Double {
  return isInt32(value) ? new Double(value) : value;
}
