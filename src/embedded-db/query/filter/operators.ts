// One field's conditions, as a tree that can be bound to a path or to an array element.

import { BSONRegExp, docOf, isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { notHere } from '../not-here.ts';
import { isNumber, toNumber } from '../types.ts';
import { equalTo, inRange, isReference, matching, ofType, oneOf, regexOperator } from './comparisons.ts';
import type { ValueTest } from './comparisons.ts';

/** A condition: a test of values and of each element of an array, one of elements only, its negation, or several at once. */
export type Condition =
  | { kind: 'test'; test: ValueTest }
  | { kind: 'elements'; test: (element: Value) => boolean }
  | { kind: 'not'; of: Condition }
  | { kind: 'and'; all: Condition[] };

/** Compiles a whole filter; passed in because $elemMatch holds one. */
type CompileDocument = (filter: Doc) => (doc: Doc) => boolean;

const bad = (message: string): QueryError => new QueryError(2, message);
const test = (valueTest: ValueTest): Condition => ({ kind: 'test', test: valueTest });
const not = (of: Condition): Condition => ({ kind: 'not', of });

/** True for `{ $gt: … }`: a document whose first key is an operator. */
export function isOperatorDoc(value: Value | undefined): value is Doc {
  if (!isDoc(value)) return false;
  const first = keysOf(value)[0];
  return first !== undefined && first.startsWith('$') && !isReference(first);
}

/** The condition that `{ field: value }` states. */
export function compileCondition(value: Value, compileDocument: CompileDocument): Condition {
  if (value instanceof BSONRegExp) return test(matching(value.pattern, value.options));
  if (!isOperatorDoc(value)) return test(equalTo(value));
  const keys = keysOf(value);
  if (keys.includes('$options') && !keys.includes('$regex')) throw bad('$options needs a $regex');
  const conditions = keys
    .filter((key) => key !== '$options' && key !== '$comment')
    .map((key) => compileOperator(key, value[key]!, value, compileDocument));
  return conditions.length === 1 ? conditions[0]! : { kind: 'and', all: conditions };
}

function compileOperator(
  operator: string,
  operand: Value,
  whole: Doc,
  compileDocument: CompileDocument,
): Condition {
  switch (operator) {
    case '$eq':
      return test(equalTo(operand));
    case '$ne':
      if (operand instanceof BSONRegExp) throw bad(`Can't have regex as arg to $ne.`);
      return not(test(equalTo(operand)));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return test(inRange(operator, operand));
    case '$in':
      return test(oneOf(operator, operand));
    case '$nin':
      return not(test(oneOf(operator, operand)));
    case '$exists':
      return exists(operand);
    case '$type':
      return test(ofType(operand));
    case '$regex':
      return test(regexOperator(operand, whole['$options']));
    case '$elemMatch':
      return compileElemMatch(operand, compileDocument);
    case '$not':
      return compileNot(operand, compileDocument);
    default:
      throw notHere('query operator', operator) ?? bad(`unknown operator: ${operator}`);
  }
}

function exists(operand: Value): Condition {
  const present = test((value) => value !== undefined);
  const wanted = isNumber(operand) ? toNumber(operand) !== 0 : operand !== false && operand !== null;
  return wanted ? present : not(present);
}

function compileNot(operand: Value, compileDocument: CompileDocument): Condition {
  if (operand instanceof BSONRegExp) return not(compileCondition(operand, compileDocument));
  if (!isDoc(operand)) throw bad('$not needs a regex or a document');
  if (keysOf(operand).length === 0) throw bad('$not cannot be empty');
  const first = keysOf(operand)[0]!;
  if (!first.startsWith('$')) throw bad(`unknown operator: ${first}`);
  return not(compileCondition(operand, compileDocument));
}

/** Operators that stand above fields. */
export const LOGICAL = new Set(['$and', '$or', '$nor']);

function compileElemMatch(operand: Value, compileDocument: CompileDocument): Condition {
  if (!isDoc(operand)) throw bad('$elemMatch needs an Object');
  if (isOperatorDoc(operand) && !LOGICAL.has(keysOf(operand)[0]!)) {
    return { kind: 'elements', test: elementTest(compileCondition(operand, compileDocument)) };
  }
  const matches = compileDocument(operand);
  return {
    kind: 'elements',
    test: (element) =>
      isDoc(element) ? matches(element) : Array.isArray(element) && matches(indexed(element)),
  };
}

// To $elemMatch an array inside an array is a document with the keys 0, 1, 2, …
function indexed(array: Value[]): Doc {
  return docOf(array.map((element, at) => [String(at), element]));
}

// A condition as a test of one array element, which is not expanded again.
function elementTest(condition: Condition): ValueTest {
  switch (condition.kind) {
    case 'test':
      return condition.test;
    case 'elements':
      return (value) => Array.isArray(value) && value.some(condition.test);
    case 'not': {
      const inner = elementTest(condition.of);
      return (value) => !inner(value);
    }
    case 'and': {
      const tests = condition.all.map(elementTest);
      return (value) => tests.every((each) => each(value));
    }
  }
}
