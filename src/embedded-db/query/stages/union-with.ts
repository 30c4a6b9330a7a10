// $unionWith: the documents of another collection after those of the stream.

import { isDoc, keysOf, type Doc } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { typeName } from '../types.ts';
import type { StageCompiler } from './stage.ts';

export const unionWith: StageCompiler = (operand, { vars, context, compilePipeline }) => {
  if (typeof operand !== 'string' && !isDoc(operand)) {
    throw new QueryError(
      9,
      `the $unionWith stage specification must be an object or string, but found ${typeName(operand)}`,
    );
  }
  const spec: Doc = typeof operand === 'string' ? { coll: operand } : operand;
  const unknown = keysOf(spec).find((key) => key !== 'coll' && key !== 'pipeline');
  if (unknown !== undefined)
    throw new QueryError(40415, `BSON field '$unionWith.${unknown}' is an unknown field.`);
  const { coll, pipeline = [] } = spec;
  if (typeof coll !== 'string')
    throw new QueryError(40414, `BSON field '$unionWith.coll' is missing but a required field`);
  if (!Array.isArray(pipeline))
    throw new QueryError(14, `BSON field '$unionWith.pipeline' is the wrong type`);
  // Compiled as a whole, so that a malformed stage is refused before the first document.
  const whole = compilePipeline(pipeline, vars);
  return function* (source) {
    yield* source;
    const collection = context.collection(coll);
    const served = collection.serve?.(pipeline.filter(isDoc));
    if (served === undefined) yield* whole(collection.find({}));
    else yield* compilePipeline(served.rest, vars)(served.docs);
  };
};
