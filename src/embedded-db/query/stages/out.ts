// $out: the pipeline's documents become a collection, by the surroundings' hand.

import { isDoc, keysOf } from '../bson.ts';
import { QueryError, unsupported } from '../errors.ts';
import { typeName } from '../types.ts';
import type { StageCompiler } from './stage.ts';

export const out: StageCompiler = (operand, { context }) => {
  const target = typeof operand === 'string' ? { coll: operand } : operand;
  if (!isDoc(target))
    throw new QueryError(
      16990,
      `$out only supports a string or object argument, but found ${typeName(operand)}`,
    );
  const { db, coll } = target;
  const other = keysOf(target).find((key) => key !== 'db' && key !== 'coll');
  if (other === 'timeseries') throw unsupported('$out into a time-series collection');
  if (other !== undefined) throw new QueryError(40415, `BSON field '$out.${other}' is an unknown field.`);
  if (typeof coll !== 'string')
    throw new QueryError(40414, `BSON field '$out.coll' is missing but a required field`);
  const write = context.out;
  if (write === undefined) throw unsupported('$out here');
  return function* (source) {
    write(typeof db === 'string' ? { db, collection: coll } : { collection: coll }, source);
    yield* [];
  };
};
