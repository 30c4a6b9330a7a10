// Types: $type, $isNumber, $convert and its short forms.

import { Decimal128, ObjectId, Timestamp, type NumberValue, type Value } from '../bson.ts';
import { decimalParts, halfEven } from '../decimal.ts';
import { QueryError } from '../errors.ts';
import { fitsInt64 } from '../numbers.ts';
import {
  isInt32,
  isNullish,
  isNumber,
  makeDouble,
  toNumber,
  typeName,
  typeNameOf,
  wholeNumber,
} from '../types.ts';
import { namedOperands, unary, type Argument, type Family, type Operator } from './compiler.ts';
import { parseIsoDate } from '../dates/parse.ts';
import { scalarText } from './numbers-as-text.ts';

type Conversion = (value: Exclude<Value, null>) => Value;

const failure = (why: string): QueryError => new QueryError(241, `${why} in $convert with no onError value`);
const impossible = (value: Value, target: string): QueryError =>
  failure(`Unsupported conversion from ${typeName(value)} to ${target}`);
const overflow = (): QueryError => failure('Conversion would overflow target type');

function wholeOf(value: NumberValue): bigint {
  if (typeof value === 'bigint') return value;
  const plain = toNumber(value);
  if (Number.isNaN(plain)) throw failure('Attempt to convert NaN value to integer type');
  if (!Number.isFinite(plain)) throw failure('Attempt to convert infinity value to integer type');
  if (!(value instanceof Decimal128)) return BigInt(Math.trunc(plain));
  const { coefficient, exponent } = decimalParts(value);
  return exponent >= 0 ? coefficient * 10n ** BigInt(exponent) : coefficient / 10n ** BigInt(-exponent);
}

function parseWhole(text: string): bigint {
  if (!/^[+-]?\d+$/.test(text)) throw failure(`Failed to parse number '${text}'`);
  return BigInt(text.replace(/^\+/, ''));
}

function integral(value: Exclude<Value, null>, target: string): bigint {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'string') return parseWhole(value);
  if (isNumber(value)) return wholeOf(value);
  if (value instanceof Date && target === 'long') return BigInt(value.getTime());
  throw impossible(value, target);
}

const toInt: Conversion = (value) => {
  const whole = Number(integral(value, 'int'));
  if (!isInt32(whole))
    throw typeof value === 'string' ? failure(`Failed to parse number '${value}': overflow`) : overflow();
  return whole;
};

const toLong: Conversion = (value) => {
  const whole = integral(value, 'long');
  if (!fitsInt64(whole))
    throw typeof value === 'string' ? failure(`Failed to parse number '${value}': overflow`) : overflow();
  return whole;
};

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const toDouble: Conversion = (value) => {
  if (typeof value === 'boolean') return makeDouble(value ? 1 : 0);
  if (value instanceof Date) return makeDouble(value.getTime());
  if (typeof value === 'string') {
    const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(value);
    if (special !== null)
      return special[2]!.toLowerCase() === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity;
    if (!NUMBER.test(value)) throw failure(`Failed to parse number '${value}'`);
    if (!Number.isFinite(Number(value))) throw failure(`Failed to parse number '${value}': out of range`);
    return makeDouble(Number(value));
  }
  if (!isNumber(value)) throw impossible(value, 'double');
  const plain = toNumber(value);
  if (!Number.isFinite(plain) && value instanceof Decimal128 && decimalParts(value).special === null)
    throw overflow();
  return makeDouble(plain);
};

const toDecimal: Conversion = (value) => {
  if (value instanceof Decimal128) return value;
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
  if (value instanceof Date) return Decimal128.fromString(String(value.getTime()));
  if (typeof value === 'string') {
    try {
      return Decimal128.fromString(value);
    } catch {
      throw failure(`Failed to parse number '${value}'`);
    }
  }
  if (!isNumber(value)) throw impossible(value, 'decimal');
  // A double has 15 digits worth keeping, as MongoDB converts it.
  return Decimal128.fromString(typeName(value) === 'double' ? doubleDigits(toNumber(value)) : String(value));
};

function doubleDigits(value: number): string {
  return Number.isFinite(value)
    ? value.toExponential(14).replace('e+', 'E').replace('e', 'E')
    : String(value);
}

const toBool: Conversion = (value) => {
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return toNumber(value) !== 0;
  return true;
};

const toDate: Conversion = (value) => {
  if (value instanceof Date) return value;
  if (typeof value === 'string') return parseIsoDate(value);
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.t * 1000);
  if (!isNumber(value) || typeName(value) === 'int') throw impossible(value, 'date');
  const millis = Number(value instanceof Decimal128 ? roundedWhole(value) : wholeOf(value));
  if (Math.abs(millis) > 8.64e15) throw overflow();
  return new Date(millis);
};

function roundedWhole(value: Decimal128): bigint {
  const { special, coefficient, exponent } = decimalParts(value);
  if (special !== null) return wholeOf(value);
  return exponent >= 0
    ? coefficient * 10n ** BigInt(exponent)
    : halfEven(coefficient, 10n ** BigInt(-exponent));
}

const toObjectId: Conversion = (value) => {
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') throw impossible(value, 'objectId');
  if (!/^[0-9a-fA-F]{24}$/.test(value)) {
    throw failure(
      `Failed to parse objectId '${value}': Invalid string length for parsing to OID, expected 24`,
    );
  }
  return ObjectId.createFromHexString(value);
};

const toText: Conversion = (value) => {
  const text = scalarText(value);
  if (text === undefined) throw impossible(value, 'string');
  return text;
};

const CONVERSIONS: Readonly<Record<string, Conversion>> = {
  int: toInt,
  long: toLong,
  double: toDouble,
  decimal: toDecimal,
  bool: toBool,
  date: toDate,
  objectId: toObjectId,
  string: toText,
};

function targetOf(to: Value): string {
  const code = typeof to === 'string' ? to : wholeNumber(to);
  if (code === undefined)
    throw new QueryError(9, `$convert's 'to' argument must be a string or number, but is ${typeName(to)}`);
  const name = typeNameOf(code);
  if (name === undefined) throw new QueryError(2, `Unknown type name: ${String(code)}`);
  return name;
}

const convert: Operator = (operand, compiler) => {
  const doc = namedOperands('$convert', operand, ['input', 'to'], ['onError', 'onNull'], 9);
  const input = compiler.compile(doc['input']!);
  const to = compiler.compile(doc['to']!);
  const onNull = doc['onNull'] === undefined ? () => null : compiler.compile(doc['onNull']);
  const onError = doc['onError'] === undefined ? undefined : compiler.compile(doc['onError']);
  return (root, vars) => {
    const target = to(root, vars);
    const name = isNullish(target) ? null : targetOf(target);
    const value = input(root, vars);
    if (isNullish(value)) return onNull(root, vars);
    if (name === null) return null;
    try {
      return converted(value, name);
    } catch (error) {
      if (onError === undefined || !(error instanceof QueryError) || error.code !== 241) throw error;
      return onError(root, vars);
    }
  };
};

function converted(value: Exclude<Argument, null | undefined>, name: string): Value {
  if (typeName(value) === name && name !== 'string') return value;
  const conversion = CONVERSIONS[name];
  if (conversion === undefined) throw impossible(value, name);
  return conversion(value);
}

const shortForm = (name: string, target: string): Operator =>
  unary(name, (value) => (isNullish(value) ? null : converted(value, target)));

export const conversions: Family = {
  $type: unary('$type', typeName),
  $isNumber: unary('$isNumber', isNumber),
  $convert: convert,
  $toInt: shortForm('$toInt', 'int'),
  $toLong: shortForm('$toLong', 'long'),
  $toDouble: shortForm('$toDouble', 'double'),
  $toDecimal: shortForm('$toDecimal', 'decimal'),
  $toBool: shortForm('$toBool', 'bool'),
  $toDate: shortForm('$toDate', 'date'),
  $toObjectId: shortForm('$toObjectId', 'objectId'),
  $toString: shortForm('$toString', 'string'),
};
