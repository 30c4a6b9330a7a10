// BSON's type names and numbers, as $type and error messages use them.

import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'bson';
import { BsonUndefined, DbPointer, type NumberValue, type Value } from './bson/values.ts';

/** MongoDB's order of types. Gaps leave room; index keys begin with these bytes, 0 ends objects and arrays there. */
export const RANK = {
  minKey: 0x05,
  undefined: 0x08,
  null: 0x10,
  number: 0x18,
  string: 0x20,
  object: 0x28,
  array: 0x30,
  binary: 0x38,
  objectId: 0x40,
  boolean: 0x48,
  date: 0x50,
  timestamp: 0x58,
  regex: 0x60,
  dbPointer: 0x64,
  code: 0x68,
  codeWithScope: 0x70,
  maxKey: 0xf0,
} as const;

interface Type {
  readonly name: string;
  /** BSON's number. */
  readonly code: number;
  readonly rank: number;
}

const type = (name: string, code: number, rank: number): Type => ({ name, code, rank });

const DOUBLE = type('double', 1, RANK.number);
const CODE = type('javascript', 13, RANK.code);
// Documents are of every other prototype; code with a scope is told apart by its scope.
const TYPE_OF_PROTOTYPE = new Map<unknown, Type>([
  [MinKey.prototype, type('minKey', -1, RANK.minKey)],
  [BsonUndefined.prototype, type('undefined', 6, RANK.undefined)],
  [Double.prototype, DOUBLE],
  [Decimal128.prototype, type('decimal', 19, RANK.number)],
  [BSONSymbol.prototype, type('symbol', 14, RANK.string)],
  [Array.prototype, type('array', 4, RANK.array)],
  [Binary.prototype, type('binData', 5, RANK.binary)],
  [UUID.prototype, type('binData', 5, RANK.binary)],
  [ObjectId.prototype, type('objectId', 7, RANK.objectId)],
  [Date.prototype, type('date', 9, RANK.date)],
  [Timestamp.prototype, type('timestamp', 17, RANK.timestamp)],
  [BSONRegExp.prototype, type('regex', 11, RANK.regex)],
  [DbPointer.prototype, type('dbPointer', 12, RANK.dbPointer)],
  [Code.prototype, CODE],
  [MaxKey.prototype, type('maxKey', 127, RANK.maxKey)],
]);
const STRING = type('string', 2, RANK.string);
const OBJECT = type('object', 3, RANK.object);
const BOOL = type('bool', 8, RANK.boolean);
const NULL = type('null', 10, RANK.null);
const SCOPED = type('javascriptWithScope', 15, RANK.codeWithScope);
const INT = type('int', 16, RANK.number);
const LONG = type('long', 18, RANK.number);
const MISSING = type('missing', 0, RANK.undefined);
const NAMED = [...TYPE_OF_PROTOTYPE.values(), STRING, OBJECT, BOOL, NULL, SCOPED, INT, LONG];

function typeOf(value: Value | undefined): Type {
  switch (typeof value) {
    case 'string':
      return STRING;
    case 'number':
      return isInt32(value) ? INT : DOUBLE;
    case 'bigint':
      return LONG;
    case 'boolean':
      return BOOL;
    case 'undefined':
      return MISSING;
    default: {
      if (value === null) return NULL;
      const found = TYPE_OF_PROTOTYPE.get(Object.getPrototypeOf(value)) ?? OBJECT;
      return found === CODE && (value as Code).scope !== null ? SCOPED : found;
    }
  }
}

/** MongoDB's name of a value's type: 'int', 'double', 'objectId', … and 'missing' for `undefined`. */
export function typeName(value: Value | undefined): string {
  return typeOf(value).name;
}

/** A type's place in MongoDB's order of types; a missing field counts as BSON's undefined. */
export function rankOf(value: Value | undefined): number {
  return typeof value === 'number' ? RANK.number : typeOf(value).rank;
}

/** The type name for a number or alias of $type ('number' stays); undefined where there is none. */
export function typeNameOf(code: string | number): string | undefined {
  if (code === 'number') return code;
  return NAMED.find((each) => each.name === code || each.code === code)?.name;
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
