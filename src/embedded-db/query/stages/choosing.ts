// Stages that choose, order and count documents: $match, $sort, $skip, $limit, $count.

import { docOf, isDoc, keysOf, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { compileFilter } from '../filter.ts';
import { intOrLong } from '../numbers.ts';
import type { Memory } from '../memory.ts';
import { compileOrder, sortDocs } from '../sort.ts';
import { wholeNumber } from '../types.ts';
import type { Stage, StageCompiler } from './stage.ts';

export const match: StageCompiler = (operand, { vars }) => {
  if (!isDoc(operand)) throw new QueryError(15959, 'the match filter must be an expression in an object');
  const matches = compileFilter(operand, vars);
  return function* (source) {
    for (const doc of source) if (matches(doc)) yield doc;
  };
};

/** $sort; with `limit` only so many documents are held. */
export function sort(operand: Value, memory: Memory | undefined, limit?: number): Stage {
  if (!isDoc(operand)) throw new QueryError(15973, 'the $sort key specification must be an object');
  if (keysOf(operand).length === 0) throw new QueryError(15976, '$sort must have at least one sort key');
  const order = compileOrder(operand);
  return (source) => sortDocs(source, order, { limit, memory });
}

/** The number of a $limit; 15958 for zero, 5107201 for what is no whole number. */
export function limitOf(operand: Value): number {
  const limit = wholeNumber(operand);
  if (limit === undefined || limit < 0) throw new QueryError(5107201, '$limit needs a positive whole number');
  if (limit === 0) throw new QueryError(15958, 'the limit must be positive');
  return limit;
}

export const limit: StageCompiler = (operand) => {
  const most = limitOf(operand);
  return function* (source) {
    let count = 0;
    for (const doc of source) {
      yield doc;
      count += 1;
      if (count >= most) return;
    }
  };
};

export const skip: StageCompiler = (operand) => {
  const skipped = wholeNumber(operand);
  if (skipped === undefined || skipped < 0)
    throw new QueryError(5107200, '$skip needs a whole number that is not negative');
  return function* (source) {
    let count = 0;
    for (const doc of source) {
      count += 1;
      if (count > skipped) yield doc;
    }
  };
};

export const count: StageCompiler = (operand) => {
  if (typeof operand !== 'string' || operand === '')
    throw new QueryError(operand === '' ? 40157 : 40156, 'the count field must be a non-empty string');
  if (operand.startsWith('$')) throw new QueryError(40158, 'the count field cannot be a $-prefixed path');
  if (operand.includes('\0')) throw new QueryError(40159, 'the count field cannot contain a null byte');
  if (operand.includes('.')) throw new QueryError(40160, `the count field cannot contain '.'`);
  return function* (source) {
    let total = 0;
    const documents = source[Symbol.iterator]();
    while (documents.next().done !== true) total += 1;
    if (total > 0) yield docOf([[operand, intOrLong(BigInt(total))]]);
  };
};
