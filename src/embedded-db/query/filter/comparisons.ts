// Tests of one value: equality, ranges, $in, $type, $regex.

import { BSONRegExp, BsonUndefined, isDoc, keysOf, MaxKey, MinKey, type Value } from '../bson.ts';
import { compareValues, equalValues } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { isNullish, isNumber, rankOf, toNumber, typeName, typeNameOf, wholeNumber } from '../types.ts';
import { compilePattern } from './regex.ts';

/** A test of one value; `undefined` is a missing field. */
export type ValueTest = (value: Value | undefined) => boolean;

const bad = (message: string): QueryError => new QueryError(2, message);

/** Equality; null also means missing. */
export function equalTo(operand: Value): ValueTest {
  if (operand instanceof BsonUndefined) throw bad('cannot compare to undefined');
  if (operand === null) return isNullish;
  if (typeof operand === 'string' || typeof operand === 'boolean') {
    return (value) => value === operand || (typeof value === 'object' && equalValues(value, operand));
  }
  if (typeof operand === 'number' && !Number.isNaN(operand)) {
    return (value) =>
      value === operand ||
      ((typeof value === 'bigint' || typeof value === 'object') && equalValues(value, operand));
  }
  return (value) => equalValues(value, operand);
}

/** The range operators compare within the operand's type only. */
export function inRange(operator: '$gt' | '$gte' | '$lt' | '$lte', operand: Value): ValueTest {
  if (operand instanceof BsonUndefined) throw bad('cannot compare to undefined');
  if (operand instanceof BSONRegExp) throw bad(`Can't have RegEx as arg to predicate over field.`);
  const inclusive = operator === '$gte' || operator === '$lte';
  const sign = operator === '$gt' || operator === '$gte' ? 1 : -1;
  if (operand === null) return (value) => inclusive && isNullish(value);
  if (operand instanceof MinKey || operand instanceof MaxKey) {
    return (value) => holds(compareValues(value, operand), sign, inclusive);
  }
  if (isNaNValue(operand)) return (value) => inclusive && isNaNValue(value);
  const rank = rankOf(operand);
  return (value) => {
    if (typeof value === 'number' && typeof operand === 'number') {
      const difference = value < operand ? -1 : value > operand ? 1 : value === operand ? 0 : NaN;
      return holds(difference, sign, inclusive);
    }
    return (
      rankOf(value) === rank && !isNaNValue(value) && holds(compareValues(value, operand), sign, inclusive)
    );
  };
}

function holds(order: number, sign: number, inclusive: boolean): boolean {
  return order === 0 ? inclusive : order * sign > 0;
}

function isNaNValue(value: Value | undefined): boolean {
  return isNumber(value) && Number.isNaN(toNumber(value));
}

/** Membership; a regular expression in the list matches by pattern. */
export function oneOf(operator: string, operand: Value): ValueTest {
  if (!Array.isArray(operand)) throw bad(`${operator} needs an array`);
  const plain = new Set<Value | undefined>();
  const others: ValueTest[] = [];
  for (const entry of operand) {
    if (isDoc(entry) && keysOf(entry)[0]?.startsWith('$') === true && !isReference(keysOf(entry)[0]!)) {
      throw bad(`cannot nest $ under ${operator}`);
    }
    if (typeof entry === 'string' || typeof entry === 'number') plain.add(entry);
    else others.push(entry instanceof BSONRegExp ? matching(entry.pattern, entry.options) : equalTo(entry));
  }
  const members = operand.filter((entry) => plain.has(entry));
  return (value) => {
    if (plain.has(value)) return true;
    if (others.length > 0 && others.some((test) => test(value))) return true;
    if (typeof value !== 'object' && typeof value !== 'bigint') return false;
    return value !== null && !Array.isArray(value) && members.some((entry) => equalValues(value, entry));
  };
}

/** True for the keys that begin a database reference, which is a plain document to a filter. */
export function isReference(key: string): boolean {
  return key === '$ref' || key === '$id' || key === '$db';
}

/** Strings that a pattern finds something in, and the same regular expression as a value. */
export function matching(pattern: string, options: string): ValueTest {
  const finds = compilePattern(pattern, options);
  return (value) =>
    typeof value === 'string'
      ? finds(value)
      : value instanceof BSONRegExp && value.pattern === pattern && value.options === options;
}

/** $regex with its $options. */
export function regexOperator(operand: Value, options: Value | undefined): ValueTest {
  if (options !== undefined && typeof options !== 'string') throw bad('$options has to be a string');
  if (operand instanceof BSONRegExp) {
    if (options !== undefined && operand.options !== '') {
      throw new QueryError(51075, 'options set in both $regex and $options');
    }
    return matching(operand.pattern, options ?? operand.options);
  }
  if (typeof operand !== 'string') throw bad('$regex has to be a string');
  return matching(operand, options ?? '');
}

/** $type: a number, an alias or a list of them. */
export function ofType(operand: Value): ValueTest {
  const entries = Array.isArray(operand) ? operand : [operand];
  if (entries.length === 0) throw new QueryError(9, '$type must match at least one type');
  const names = new Set<string>();
  for (const entry of entries) {
    const code = typeof entry === 'string' ? entry : wholeNumber(entry);
    if (code === undefined) throw new QueryError(14, 'type must be represented as a number or a string');
    const name = typeNameOf(code);
    if (name === undefined) {
      throw bad(
        typeof code === 'string'
          ? `Unknown type name alias: ${code}`
          : `Invalid numerical type code: ${String(code)}`,
      );
    }
    for (const each of name === 'number' ? ['int', 'long', 'double', 'decimal'] : [name]) names.add(each);
  }
  return (value) => names.has(typeName(value));
}
