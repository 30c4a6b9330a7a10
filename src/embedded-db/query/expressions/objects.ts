// Documents: $setField.

import { copyDoc, isDoc, setField, unsetField, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { isNullish } from '../types.ts';
import { namedOperands, type Family, type Operator } from './compiler.ts';

const ARGUMENTS = {
  notObject: 4161100,
  unknown: 4161101,
  missing: { field: 4161102, value: 4161103, input: 4161109 },
};

function fieldName(operand: Value): string {
  if (typeof operand === 'string' && operand.startsWith('$'))
    throw new QueryError(
      4161108,
      `'${operand}' is a field path reference which is not allowed in this context. Did you mean {$literal: '${operand}'}?`,
    );
  const constant = isDoc(operand) ? operand['$literal'] : operand;
  if (constant === undefined || Array.isArray(operand))
    throw new QueryError(4161106, `$setField requires 'field' to evaluate to a constant`);
  if (typeof constant !== 'string')
    throw new QueryError(4161107, `$setField requires 'field' to evaluate to type String`);
  return constant;
}

const set: Operator = (operand, compiler) => {
  const doc = namedOperands('$setField', operand, ARGUMENTS);
  const field = fieldName(doc['field']!);
  const input = compiler.compile(doc['input']!);
  const value = compiler.compile(doc['value']!);
  return (root, vars) => {
    const target = input(root, vars);
    if (isNullish(target)) return null;
    if (!isDoc(target))
      throw new QueryError(4161105, `$setField requires 'input' to evaluate to type Object`);
    const copy = copyDoc(target);
    const next = value(root, vars);
    if (next === undefined) unsetField(copy, field);
    else setField(copy, field, next);
    return copy;
  };
};

export const objects: Family = { $setField: set };
