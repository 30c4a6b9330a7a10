// Documents: $mergeObjects, $getField, $setField, $unsetField, $objectToArray, $arrayToObject.

import {
  copyDoc,
  docOf,
  isDoc,
  keysOf,
  newDoc,
  setField,
  unsetField,
  type Doc,
  type Value,
} from '../bson.ts';
import { QueryError } from '../errors.ts';
import { isNullish, typeName } from '../types.ts';
import {
  namedOperands,
  unary,
  variadic,
  type Argument,
  type Expression,
  type Family,
  type Operator,
} from './compiler.ts';

function merge(values: Argument[]): Argument {
  const merged = newDoc();
  const sources = values.length === 1 && Array.isArray(values[0]) ? values[0] : values;
  for (const value of sources) {
    if (isNullish(value)) continue;
    if (!isDoc(value))
      throw new QueryError(
        40400,
        `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`,
      );
    for (const key of keysOf(value)) setField(merged, key, value[key]!);
  }
  return merged;
}

function fieldName(name: string, operand: Value | undefined): string {
  const literal = isDoc(operand) && keysOf(operand)[0] === '$literal' ? operand['$literal'] : operand;
  if (typeof literal !== 'string')
    throw new QueryError(5654602, `${name} requires 'field' to evaluate to type String`);
  if (literal === operand && literal.startsWith('$')) {
    throw new QueryError(
      5654600,
      `A field path reference which is not allowed in this context. Did you mean {$literal: '${literal}'}?`,
    );
  }
  return literal;
}

const getField: Operator = (operand, compiler) => {
  const short = !isDoc(operand) || keysOf(operand)[0]?.startsWith('$') === true;
  const doc: Doc = short
    ? { field: operand }
    : namedOperands('$getField', operand, ['field', 'input'], [], 3041701);
  const field = fieldName('$getField', doc['field']);
  const input: Expression = doc['input'] === undefined ? (root) => root : compiler.compile(doc['input']);
  return (root, vars) => {
    const value = input(root, vars);
    if (isDoc(value)) return value[field];
    return value === undefined || !isNullish(value) ? undefined : null;
  };
};

function settingField(name: '$setField' | '$unsetField'): Operator {
  return (operand, compiler) => {
    const required = name === '$setField' ? ['field', 'input', 'value'] : ['field', 'input'];
    const doc = namedOperands(name, operand, required, [], 4161100);
    const field = fieldName(name, doc['field']);
    const input = compiler.compile(doc['input']!);
    const value: Expression = name === '$setField' ? compiler.compile(doc['value']!) : () => undefined;
    return (root, vars) => {
      const target = input(root, vars);
      if (isNullish(target)) return null;
      if (!isDoc(target))
        throw new QueryError(4161105, `${name} requires 'input' to evaluate to type Object`);
      const copy = copyDoc(target);
      const set = value(root, vars);
      if (set === undefined) unsetField(copy, field);
      else setField(copy, field, set);
      return copy;
    };
  };
}

const toArray = unary('$objectToArray', (value) => {
  if (isNullish(value)) return null;
  if (!isDoc(value))
    throw new QueryError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  return keysOf(value).map((key) =>
    docOf([
      ['k', key],
      ['v', value[key]!],
    ]),
  );
});

const toObject = unary('$arrayToObject', (array) => {
  if (isNullish(array)) return null;
  if (!Array.isArray(array))
    throw new QueryError(40386, `$arrayToObject requires an array input, found: ${typeName(array)}`);
  const result = newDoc();
  for (const entry of array) {
    const [key, value] = pairOf(entry);
    if (typeof key !== 'string') {
      throw new QueryError(
        40395,
        `$arrayToObject requires an array of key-value pairs, where the key must be of type string`,
      );
    }
    if (key.includes('\0')) throw new QueryError(4940400, 'Key field cannot contain an embedded null byte');
    setField(result, key, value);
  }
  return result;
});

function pairOf(entry: Value): readonly [Value, Value] {
  if (Array.isArray(entry)) {
    if (entry.length !== 2) throw new QueryError(40397, '$arrayToObject requires an array of size 2 arrays');
    return [entry[0]!, entry[1]!];
  }
  if (!isDoc(entry))
    throw new QueryError(40398, `Unrecognised input type format for $arrayToObject: ${typeName(entry)}`);
  const { k, v } = entry;
  if (keysOf(entry).length !== 2)
    throw new QueryError(40392, `$arrayToObject requires an object keys of 'k' and 'v'`);
  if (k === undefined || v === undefined)
    throw new QueryError(40393, `$arrayToObject requires an object with keys 'k' and 'v'`);
  return [k, v];
}

export const objects: Family = {
  $mergeObjects: variadic('$mergeObjects', 0, Infinity, merge),
  $getField: getField,
  $setField: settingField('$setField'),
  $unsetField: settingField('$unsetField'),
  $objectToArray: toArray,
  $arrayToObject: toObject,
};
