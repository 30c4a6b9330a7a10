// Update operators on arrays: $push, $addToSet, $pull.

import { BSONRegExp, isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { compareValues, equalValues } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { compileFilter } from '../filter.ts';
import { isOperatorDoc, LOGICAL } from '../filter/operators.ts';
import { readPath } from '../paths.ts';
import { isNumber, typeName, wholeNumber } from '../types.ts';
import { subject, type Change, type Operator, type Where } from './leaf.ts';

const bad = (message: string): QueryError => new QueryError(2, message);

const CLAUSES = ['$each', '$slice', '$sort', '$position'];

const push: Operator = (operand, path): Change => {
  const first = isDoc(operand) ? keysOf(operand)[0] : undefined;
  const modified = isDoc(operand) && operand['$each'] !== undefined;
  if (!modified && CLAUSES.includes(first ?? ''))
    throw new QueryError(52, `The field '${first}' of $push needs $each beside it`);
  const clauses = modified ? operand : { $each: [operand] };
  const unknown = keysOf(clauses).find((key) => !CLAUSES.includes(key));
  if (unknown !== undefined) throw bad(`Unrecognized clause in $push: ${unknown}`);
  const values = each('$push', clauses);
  const position = wholeClause(clauses, '$position') ?? Infinity;
  const slice = wholeClause(clauses, '$slice');
  const order = sortClause(clauses['$sort']);
  return {
    creates: true,
    compute: (current, where) => {
      const result = arrayOf('$push', current, path, where).slice();
      result.splice(position, 0, ...values);
      if (order !== undefined) result.sort(order);
      if (slice === undefined) return result;
      return slice < 0 ? result.slice(slice) : result.slice(0, slice);
    },
  };
};

function arrayOf(name: string, current: Value | undefined, path: string, where: Where): Value[] {
  if (current === undefined) return [];
  if (Array.isArray(current)) return current;
  throw bad(`Cannot apply ${name} to the ${typeName(current)} ${path} of ${subject(where)}`);
}

function each(name: string, operand: Doc, code = 2): Value[] {
  const values = operand['$each'];
  if (!Array.isArray(values))
    throw new QueryError(code, `$each in ${name} must be an array, not a ${typeName(values)}`);
  return values;
}

function wholeClause(operand: Doc, key: string): number | undefined {
  const value = operand[key];
  if (value === undefined) return undefined;
  const whole = wholeNumber(value);
  if (whole === undefined) throw bad(`The value for ${key} must be an integer, not a ${typeName(value)}`);
  return whole;
}

// 1 or -1 for whole values, or a sort specification for documents.
function sortClause(value: Value | undefined): ((a: Value, b: Value) => number) | undefined {
  if (value === undefined) return undefined;
  if (isDoc(value) && keysOf(value).length > 0) {
    // Whole values, arrays too: not as a query sorts (PatternElementCmp of MongoDB's pattern_cmp.cpp).
    const fields = keysOf(value).map((path) => [path.split('.'), directionOf(value[path]!)] as const);
    const at = (element: Value, parts: readonly string[]): Value =>
      (isDoc(element) ? readPath(element, parts) : undefined) ?? null;
    return (a, b) =>
      fields.reduce(
        (order, [parts, direction]) => order || compareValues(at(a, parts), at(b, parts)) * direction,
        0,
      );
  }
  if (!isNumber(value))
    throw bad('$sort must be 1 or -1 for whole elements, or {field: 1 or -1} for fields of documents');
  const direction = directionOf(value);
  return (a, b) => compareValues(a, b) * direction;
}

function directionOf(value: Value): number {
  const whole = wholeNumber(value);
  if (whole !== 1 && whole !== -1) throw bad('The $sort element value must be either 1 or -1');
  return whole;
}

const addToSet: Operator = (operand, path): Change => {
  const several = isDoc(operand) && keysOf(operand)[0] === '$each';
  if (several && keysOf(operand).length > 1) throw bad('$addToSet takes nothing beside $each');
  const values = several ? each('$addToSet', operand, 14) : [operand];
  return {
    creates: true,
    compute: (current, where) => {
      const result = arrayOf('$addToSet', current, path, where).slice();
      for (const value of values)
        if (!result.some((element) => equalValues(element, value))) result.push(value);
      return result;
    },
  };
};

const pull: Operator = (operand): Change => {
  const matches = pullTest(operand);
  return {
    creates: false,
    compute: (current) => {
      if (current === undefined) return undefined;
      if (!Array.isArray(current)) throw bad('Cannot apply $pull to a non-array value');
      return current.filter((element) => !matches(element));
    },
  };
};

// A condition with operators or a pattern tests elements as a field would be; a document is a filter for documents.
function pullTest(operand: Value): (element: Value) => boolean {
  const isCondition = isOperatorDoc(operand) && !LOGICAL.has(keysOf(operand)[0]!);
  if (isCondition || operand instanceof BSONRegExp) {
    const matches = compileFilter({ element: operand });
    return (element) => matches({ element });
  }
  if (!isDoc(operand)) return (element) => equalValues(element, operand);
  const matches = compileFilter(operand);
  return (element) => isDoc(element) && matches(element);
}

export const arrayOperators: Readonly<Record<string, Operator>> = {
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
};
