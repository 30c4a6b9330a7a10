// Update operators on arrays: $push, $addToSet, $pull.

import { BSONRegExp, isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { compareValues, equalValues } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { compileFilter } from '../filter.ts';
import { isOperatorDoc } from '../filter/operators.ts';
import { compileSort } from '../sort.ts';
import { isNumber, typeName, wholeNumber } from '../types.ts';
import { subject, type Change, type Operator } from './leaf.ts';

const bad = (message: string): QueryError => new QueryError(2, message);

interface PushModifiers {
  values: Value[];
  position: number | undefined;
  slice: number | undefined;
  order: ((a: Value, b: Value) => number) | undefined;
}

const push: Operator = (operand, path): Change => {
  const modifiers = pushModifiers(operand);
  return {
    creates: true,
    compute: (current, where) => {
      if (current !== undefined && !Array.isArray(current)) {
        throw bad(`The field '${path}' must be an array but is a ${typeName(current)} in ${subject(where)}`);
      }
      return pushed(current ?? [], modifiers);
    },
  };
};

function pushed(array: Value[], { values, position, slice, order }: PushModifiers): Value[] {
  let result = array.slice();
  result.splice(position ?? result.length, 0, ...values);
  if (order !== undefined) result.sort(order);
  if (slice !== undefined) result = slice < 0 ? result.slice(slice) : result.slice(0, slice);
  return result;
}

const CLAUSES = new Set(['$each', '$slice', '$sort', '$position']);

function pushModifiers(operand: Value): PushModifiers {
  if (!isDoc(operand) || operand['$each'] === undefined) {
    return { values: [plain(operand)], position: undefined, slice: undefined, order: undefined };
  }
  const unknown = keysOf(operand).find((key) => !CLAUSES.has(key));
  if (unknown !== undefined) throw bad(`Unrecognized clause in $push: ${unknown}`);
  return {
    values: each('$push', operand),
    position: wholeClause(operand, '$position'),
    slice: wholeClause(operand, '$slice'),
    order: sortClause(operand['$sort']),
  };
}

function plain(operand: Value): Value {
  const first = isDoc(operand) ? keysOf(operand)[0] : undefined;
  if (first !== undefined && CLAUSES.has(first)) {
    throw new QueryError(52, `The field '${first}' of $push needs $each beside it`);
  }
  return operand;
}

function each(name: string, operand: Doc): Value[] {
  const values = operand['$each'];
  if (!Array.isArray(values)) {
    throw bad(`The argument to $each in ${name} must be an array but it was of type: ${typeName(values)}`);
  }
  return values;
}

function wholeClause(operand: Doc, key: string): number | undefined {
  const value = operand[key];
  if (value === undefined) return undefined;
  const whole = wholeNumber(value);
  if (whole === undefined)
    throw bad(`The value for ${key} must be an integer value but was given type: ${typeName(value)}`);
  return whole;
}

// 1 or -1 for whole values, or a sort specification for documents.
function sortClause(value: Value | undefined): PushModifiers['order'] {
  if (value === undefined) return undefined;
  if (isDoc(value) && keysOf(value).length > 0) {
    for (const key of keysOf(value)) directionOf(value[key]!);
    const compare = compileSort(value);
    const asDoc = (element: Value): Doc => (isDoc(element) ? element : {});
    return (a, b) => compare(asDoc(a), asDoc(b));
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
  if (several && keysOf(operand).length > 1) {
    throw bad(`Found unexpected fields after $each in $addToSet: ${keysOf(operand)[1]!}`);
  }
  const values = several ? each('$addToSet', operand) : [operand];
  return {
    creates: true,
    compute: (current, where) => {
      if (current !== undefined && !Array.isArray(current)) {
        throw bad(`Cannot apply $addToSet to the ${typeName(current)} ${path} of ${subject(where)}`);
      }
      const result = (current ?? []).slice();
      for (const value of values) {
        if (!result.some((element) => equalValues(element, value))) result.push(value);
      }
      return current !== undefined && result.length === current.length ? current : result;
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
      const kept = current.filter((element) => !matches(element));
      return kept.length === current.length ? current : kept;
    },
  };
};

// A condition with operators or a pattern tests elements as a field would be; a document is a filter for documents.
function pullTest(operand: Value): (element: Value) => boolean {
  if (isOperatorDoc(operand) || operand instanceof BSONRegExp) {
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
