// $out: the pipeline's documents become a collection, by the surroundings' hand.

import { isDoc } from '../bson.ts';
import { unsupported } from '../errors.ts';
import { specOf, targetOf, type StageCompiler } from './stage.ts';

export const out: StageCompiler = (operand, { context }) => {
  if (isDoc(operand) && 'timeseries' in operand) throw unsupported('$out into a time-series collection');
  const target = targetOf('$out', specOf('$out', operand, ['db', 'coll'], 'coll', 16990), 40414);
  const write = context.out;
  if (write === undefined) throw unsupported('$out here');
  return function* (source) {
    write(target, source);
    yield* [];
  };
};
