// One field's conditions, as a tree that can be bound to a path or to an array element.

import { BSONRegExp, isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { QueryError, unsupported } from '../errors.ts';
import { isNumber, toNumber } from '../types.ts';
import { bitTest } from './bits.ts';
import {
  equalTo,
  inRange,
  isReference,
  matching,
  modulo,
  ofSize,
  ofType,
  oneOf,
  regexOperator,
} from './comparisons.ts';
import type { ValueTest } from './comparisons.ts';

/** A condition: a test of values (`intoLeaf`: also of each element of an array), its negation, or several at once. */
export type Condition =
  | { kind: 'test'; test: ValueTest; intoLeaf: boolean }
  | { kind: 'elements'; test: (element: Value) => boolean }
  | { kind: 'not'; of: Condition }
  | { kind: 'and'; all: Condition[] };

/** Compiles a whole filter; passed in because $elemMatch holds one. */
export type CompileDocument = (filter: Doc) => (doc: Doc) => boolean;

const bad = (message: string): QueryError => new QueryError(2, message);
const test = (valueTest: ValueTest): Condition => ({ kind: 'test', test: valueTest, intoLeaf: true });
const not = (of: Condition): Condition => ({ kind: 'not', of });

const REFUSED = new Set([
  '$geoWithin', '$geoIntersects', '$near', '$nearSphere', '$within', '$geoNear', '$maxDistance', '$minDistance',
]); // prettier-ignore

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
    case '$mod':
      return test(modulo(operand));
    case '$regex':
      return test(regexOperator(operand, whole['$options']));
    case '$size':
      return { kind: 'test', test: ofSize(operand), intoLeaf: false };
    case '$all':
      return compileAll(operand, compileDocument);
    case '$elemMatch':
      return compileElemMatch(operand, compileDocument);
    case '$not':
      return compileNot(operand, compileDocument);
    default:
      return compileRare(operator, operand);
  }
}

function compileRare(operator: string, operand: Value): Condition {
  const bits = bitTest(operator, operand);
  if (bits !== undefined) return test(bits);
  if (REFUSED.has(operator))
    throw unsupported(`The geospatial operator ${operator}`, operator.startsWith('$near') ? 291 : 2);
  throw bad(`unknown operator: ${operator}`);
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

function compileAll(operand: Value, compileDocument: CompileDocument): Condition {
  if (!Array.isArray(operand)) throw bad('$all needs an array');
  if (operand.length === 0) return test(() => false);
  const nested = (entry: Value | undefined): boolean => isDoc(entry) && keysOf(entry)[0] === '$elemMatch';
  if (nested(operand[0]) && !operand.every(nested)) throw bad('$all/$elemMatch has to be consistent');
  const all = operand.map((entry): Condition => {
    if (nested(entry)) {
      if (!nested(operand[0])) throw bad('no $ expressions in $all');
      return compileElemMatch((entry as Doc)['$elemMatch']!, compileDocument);
    }
    if (isOperatorDoc(entry)) throw bad('no $ expressions in $all');
    return test(entry instanceof BSONRegExp ? matching(entry.pattern, entry.options) : equalTo(entry));
  });
  return { kind: 'and', all };
}

const LOGICAL = new Set(['$and', '$or', '$nor']);

function compileElemMatch(operand: Value, compileDocument: CompileDocument): Condition {
  if (!isDoc(operand)) throw bad('$elemMatch needs an Object');
  const first = keysOf(operand)[0];
  if (first === '$expr' || first === '$where' || first === '$text') {
    throw bad(`${first} can only be applied to the top-level document`);
  }
  if (isOperatorDoc(operand) && !LOGICAL.has(first!)) {
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
  return Object.fromEntries(array.entries()) as Doc;
}

/** A condition as a test of one array element, which is not expanded again. */
export function elementTest(condition: Condition): ValueTest {
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
