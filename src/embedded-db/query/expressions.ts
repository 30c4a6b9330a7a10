// Aggregation expressions, compiled once into a function of the document and its variables.

import type { Doc, Value } from './bson.ts';
import { unsupported } from './errors.ts';
import { isNullish, isNumber, toNumber } from './types.ts';

/** An expression's value for a document; `undefined` is a missing field. */
export type Expression = (root: Doc, vars: Doc) => Value | undefined;

/** Compiles an expression; throws QueryError for a malformed one and refuses what is not exact. */
export function compileExpression(_expression: Value, _known?: ReadonlySet<string>): Expression {
  throw unsupported('compileExpression');
}

/** MongoDB's truth of an expression: false, zero, null and missing are false, all else is true. */
export function isTruthy(value: Value | undefined): boolean {
  if (typeof value === 'boolean') return value;
  if (isNullish(value)) return false;
  return !isNumber(value) || toNumber(value) !== 0;
}
