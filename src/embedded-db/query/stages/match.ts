// $match.

import { isDoc } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { compileFilter } from '../filter.ts';
import type { StageCompiler } from './stage.ts';

export const match: StageCompiler = (operand, { vars }) => {
  if (!isDoc(operand)) throw new QueryError(15959, 'the match filter must be an expression in an object');
  const matches = compileFilter(operand, { vars });
  return function* (source) {
    for (const doc of source) if (matches(doc)) yield doc;
  };
};
