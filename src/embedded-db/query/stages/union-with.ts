// $unionWith: the documents of another collection after those of the stream.

import { isDoc } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { specOf, targetOf, type StageCompiler } from './stage.ts';

export const unionWith: StageCompiler = (operand, { vars, context, compilePipeline }) => {
  const spec = specOf('$unionWith', operand, ['coll', 'pipeline'], 'coll', 9);
  const { collection: name } = targetOf('$unionWith', spec, 40414);
  const { pipeline = [] } = spec;
  if (!Array.isArray(pipeline)) throw new QueryError(14, '$unionWith.pipeline must be an array');
  // Compiled as a whole, so that a malformed stage is refused before the first document.
  const whole = compilePipeline(pipeline, vars);
  return function* (source) {
    yield* source;
    const collection = context.collection(name);
    const served = collection.serve?.(pipeline.filter(isDoc));
    if (served === undefined) yield* whole(collection.find({}));
    else yield* compilePipeline(served.rest, vars)(served.docs);
  };
};
