// What every stage of a pipeline is, what it is compiled with, and how its specification is read.

import { isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import type { Memory } from '../memory.ts';

/** What `$merge` asks for beyond its target; `vars` are the variables of a `whenMatched` pipeline for a new document. */
export interface MergeOptions {
  on: string[];
  whenMatched: 'replace' | 'keepExisting' | 'merge' | 'fail' | Doc[];
  whenNotMatched: 'insert' | 'discard' | 'fail';
  vars(doc: Doc): Doc;
}

/** A collection that a pipeline writes to. */
export interface Target {
  db?: string;
  collection: string;
}

/** What a pipeline needs from its surroundings. */
export interface PipelineContext {
  vars?: Doc;
  now: Date;
  collection(name: string): {
    find(filter: Doc): Iterable<Doc>;
    /** The documents after the leading stages that an index can serve, and the stages left; absent, all of them are left. */
    serve?(stages: Doc[]): { docs: Iterable<Doc>; rest: Doc[] };
  };
  merge?(target: Target, docs: Iterable<Doc>, options: MergeOptions): void;
  out?(target: Target, docs: Iterable<Doc>): void;
  /** What its blocking stages may hold. */
  memory?: Memory;
  /** Of `performance.now()`, after which it stops. */
  deadline?: number | undefined;
}

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

const MOST_STAGES = 1000;

/** The names and the specifications of a pipeline's stages. */
export function entriesOf(pipeline: readonly Value[]): [string, Value][] {
  if (pipeline.length > MOST_STAGES)
    throw new QueryError(7749501, `Pipeline length must be no longer than ${MOST_STAGES} stages`);
  return pipeline.map(entryOf);
}

/** The name and the specification of a stage. */
function entryOf(stage: Value): [string, Value] {
  if (!isDoc(stage)) throw new QueryError(14, 'Each stage of a pipeline must be an object');
  const [name, ...others] = keysOf(stage);
  if (name === undefined || others.length > 0)
    throw new QueryError(40323, 'A pipeline stage specification object must contain exactly one field.');
  return [name, stage[name]!];
}

/** A specification in its long form, all of whose fields are known; `short` names what a string stands for. */
export function specOf(
  stage: string,
  operand: Value,
  fields: readonly string[],
  short: string,
  code: number,
): Doc {
  const spec = typeof operand === 'string' ? { [short]: operand } : operand;
  if (!isDoc(spec)) throw new QueryError(code, `${stage} needs a string or an object`);
  knownFields(stage, spec, fields);
  return spec;
}

/** Refuses fields of a specification that are not among these (40415). */
export function knownFields(stage: string, spec: Doc, fields: readonly string[]): void {
  const other = keysOf(spec).find((key) => !fields.includes(key));
  if (other !== undefined) throw new QueryError(40415, `BSON field '${stage}.${other}' is an unknown field.`);
}

/** A field that a specification must have (40414). */
export function requiredField(stage: string, spec: Doc, field: string): Value {
  const value = spec[field];
  if (value === undefined)
    throw new QueryError(40414, `BSON field '${stage}.${field}' is missing but a required field`);
  return value;
}

/** The collection that `{ db, coll }` names; `code` refuses one without a name. */
export function targetOf(stage: string, { db, coll }: Doc, code: number): Target {
  if (typeof coll !== 'string') throw new QueryError(code, `${stage} must name a collection`);
  return typeof db === 'string' ? { db, collection: coll } : { collection: coll };
}
