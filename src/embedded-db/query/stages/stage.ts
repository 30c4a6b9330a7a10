// What every stage of a pipeline is, and what it is compiled with.

import type { Doc, Value } from '../bson.ts';
import type { PipelineContext } from '../pipeline.ts';

/** A stage: a lazy stream in, a lazy stream out. */
export type Stage = (source: Iterable<Doc>) => Iterable<Doc>;

/** What a stage may use: the variables in force, the surroundings, and the compiler for pipelines inside it. */
export interface StageScope {
  vars: Doc;
  context: PipelineContext;
  compilePipeline(pipeline: readonly Value[], vars: Doc): Stage;
}

/** Compiles one stage; throws QueryError for a malformed operand. */
export type StageCompiler = (operand: Value, scope: StageScope) => Stage;
