// Aggregation pipelines: stages over lazy streams of documents.

import type { Doc, Value } from './bson.ts';
import { QueryError } from './errors.ts';
import { notHere } from './not-here.ts';
import { count, limit, limitOf, match, skip, sort } from './stages/choosing.ts';
import { group } from './stages/group.ts';
import { lookup } from './stages/lookup.ts';
import { merge } from './stages/merge.ts';
import { out } from './stages/out.ts';
import { entriesOf } from './stages/stage.ts';
import type { PipelineContext, Stage, StageCompiler, StageScope } from './stages/stage.ts';
import { compileTransform } from './stages/transforms.ts';
import { unionWith } from './stages/union-with.ts';
import { unwind } from './stages/unwind.ts';

export type { MergeOptions, PipelineContext, Target } from './stages/stage.ts';
export { fieldsLookedAt, neededFields, splitPipeline, type SplitPipeline } from './stages/split.ts';

const STAGES: Readonly<Record<string, StageCompiler>> = {
  $match: match,
  $limit: limit,
  $skip: skip,
  $count: count,
  $group: group,
  $unwind: unwind,
  $lookup: lookup,
  $unionWith: unionWith,
  $merge: merge,
  $out: out,
};

/** Passes on what comes until `deadline` (of `performance.now()`), then MaxTimeMSExpired (50). */
export function* inTime<T>(source: Iterable<T>, deadline: number): Generator<T, void, void> {
  let seen = 0;
  for (const one of source) {
    if ((++seen & 255) === 0 && performance.now() > deadline)
      throw new QueryError(50, 'operation exceeded time limit');
    yield one;
  }
}

/** Runs a pipeline lazily; throws QueryError for a malformed one before the first document is read. */
export function runPipeline(source: Iterable<Doc>, pipeline: Doc[], context: PipelineContext): Iterable<Doc> {
  const vars: Doc = { NOW: context.now, ...context.vars };
  return compilePipeline(pipeline, vars, context, true)(source);
}

function compilePipeline(
  pipeline: readonly Value[],
  vars: Doc,
  context: PipelineContext,
  outermost: boolean,
): Stage {
  const scope: StageScope = {
    vars,
    context,
    compilePipeline: (inner, innerVars) => compilePipeline(inner, innerVars, context, false),
  };
  const entries = entriesOf(pipeline);
  entries.forEach(([name], index) => {
    if (name !== '$merge' && name !== '$out') return;
    if (!outermost) throw new QueryError(51047, `${name} is not allowed within another stage`);
    if (index < entries.length - 1)
      throw new QueryError(40601, `${name} can only be the final stage in the pipeline`);
  });
  const stages = entries.map(([name, operand], index) => {
    if (name !== '$sort') return compileStage(name, operand, scope);
    const next = entries[index + 1];
    return sort(operand, context.memory, next?.[0] === '$limit' ? limitOf(next[1]) : undefined);
  });
  const { deadline } = context;
  if (deadline === undefined) return (source) => stages.reduce((stream, stage) => stage(stream), source);
  return (source) => stages.reduce((stream, stage) => inTime(stage(stream), deadline), source);
}

function compileStage(name: string, operand: Value, scope: StageScope): Stage {
  const transform = compileTransform(name, operand, scope.vars);
  if (transform !== undefined)
    return function* (source) {
      for (const doc of source) yield transform(doc);
    };
  const compile = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (compile !== undefined) return compile(operand, scope);
  if (name === '$documents' || name === '$listLocalSessions')
    throw new QueryError(73, `${name} must be the first stage of a pipeline run with {aggregate: 1}`);
  throw notHere('stage', name) ?? new QueryError(40324, `Unrecognized pipeline stage name: '${name}'`);
}
