// Updates written as aggregation pipelines.

import { isDoc, keysOf, type Doc } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { compileTransform } from '../stages/transforms.ts';

const ALLOWED = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

/** Compiles the stages into one function from document to document. */
export function compilePipelineUpdate(pipeline: readonly Doc[], vars: Doc): (doc: Doc) => Doc {
  const transforms = pipeline.map((stage) => {
    if (!isDoc(stage) || keysOf(stage).length !== 1) {
      throw new QueryError(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    const name = keysOf(stage)[0]!;
    if (!ALLOWED.has(name)) {
      throw new QueryError(72, `${name} is not allowed to be used within an update`);
    }
    return compileTransform(name, stage[name]!, vars)!;
  });
  return (doc) => transforms.reduce((current, transform) => transform(current), doc);
}
