// Stages that bring streams together: $facet, $unionWith.

import { docOf, isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { approximateSize, MemoryBudget } from '../memory.ts';
import { typeName } from '../types.ts';
import type { Stage, StageCompiler } from './stage.ts';

const NOT_IN_FACET = new Set([
  '$facet',
  '$out',
  '$merge',
  '$geoNear',
  '$indexStats',
  '$collStats',
  '$planCacheStats',
  '$search',
]);

export const facet: StageCompiler = (operand, { vars, context, compilePipeline }) => {
  if (!isDoc(operand) || keysOf(operand).length === 0) {
    throw new QueryError(40169, 'the $facet specification must be a non-empty object');
  }
  const facets = keysOf(operand).map((name): [string, Stage] => {
    if (name.includes('.') || name.startsWith('$'))
      throw new QueryError(16410, `'${name}' is no name for a facet`);
    const pipeline = operand[name]!;
    if (!Array.isArray(pipeline)) {
      throw new QueryError(
        40170,
        `arguments to $facet must be arrays, ${name} is type ${typeName(pipeline)}`,
      );
    }
    const refused = pipeline
      .filter(isDoc)
      .map((stage) => keysOf(stage)[0]!)
      .find((stage) => NOT_IN_FACET.has(stage));
    if (refused !== undefined)
      throw new QueryError(40600, `${refused} is not allowed to be used within a $facet stage`);
    return [name, compilePipeline(pipeline, vars)];
  });
  return function* (source) {
    const budget = new MemoryBudget('$facet', context.memoryLimit);
    const docs: Doc[] = [];
    for (const doc of source) {
      budget.take(approximateSize(doc));
      docs.push(doc);
    }
    yield docOf(facets.map(([name, stage]): [string, Value] => [name, [...stage(docs)]]));
  };
};

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
