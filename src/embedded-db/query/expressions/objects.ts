// Documents: $setField.

import { copyDoc, isDoc, keysOf, setField, unsetField, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { isNullish } from '../types.ts';
import { namedOperands, type Family, type Operator } from './compiler.ts';

function fieldName(operand: Value): string {
  const literal = isDoc(operand) && keysOf(operand)[0] === '$literal' ? operand['$literal'] : operand;
  if (typeof literal !== 'string')
    throw new QueryError(5654602, `$setField requires 'field' to evaluate to type String`);
  if (literal === operand && literal.startsWith('$')) {
    throw new QueryError(
      5654600,
      `A field path reference which is not allowed in this context. Did you mean {$literal: '${literal}'}?`,
    );
  }
  return literal;
}

const set: Operator = (operand, compiler) => {
  const doc = namedOperands('$setField', operand, ['field', 'input', 'value'], [], 4161100);
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
