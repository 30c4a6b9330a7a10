// Aggregation pipelines: stages over lazy streams of documents.

import type { Doc } from './bson.ts';
import { unsupported } from './errors.ts';

/** What `$merge` asks for beyond its target. */
export interface MergeOptions {
  on: string[];
  whenMatched: 'replace' | 'keepExisting' | 'merge' | 'fail' | Doc[];
  whenNotMatched: 'insert' | 'discard' | 'fail';
  vars: Doc;
}

/** What a pipeline needs from its surroundings; `memoryLimit` is in bytes for each blocking stage. */
export interface PipelineContext {
  vars?: Doc;
  now: Date;
  collection(name: string): { find(filter: Doc): Iterable<Doc> };
  merge?(target: { db?: string; collection: string }, docs: Iterable<Doc>, options: MergeOptions): void;
  memoryLimit?: number;
}

/** The part of a pipeline that an index can serve, and the rest. */
export interface SplitPipeline {
  filter: Doc;
  sort?: Doc;
  skip?: number;
  limit?: number;
  rest: Doc[];
}

/** Runs a pipeline lazily; throws QueryError for a malformed one before the first document is read. */
export function runPipeline(
  _source: Iterable<Doc>,
  _pipeline: Doc[],
  _context: PipelineContext,
): Iterable<Doc> {
  throw unsupported('runPipeline');
}

/** Splits the leading $match, $sort, $skip and $limit off: filter, then sort, then skip, then limit, then the rest. */
export function splitPipeline(_pipeline: Doc[]): SplitPipeline {
  throw unsupported('splitPipeline');
}
