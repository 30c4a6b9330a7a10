// Filters of find, update, delete and $match, compiled once into a predicate.

import type { Doc } from './bson.ts';
import { unsupported } from './errors.ts';

/** Values for `$$name` in `$expr`; `NOW` (a date) stands for `$$NOW`. */
export interface FilterOptions {
  vars?: Doc;
}

/** A predicate over documents with MongoDB's matching rules; throws QueryError for a malformed filter. */
export function compileFilter(_filter: Doc, _options: FilterOptions = {}): (doc: Doc) => boolean {
  throw unsupported('compileFilter');
}

/** The array index that the positional `$` stands for, or undefined where the filter met no array. */
export function matchPosition(_filter: Doc, _doc: Doc): number | undefined {
  throw unsupported('matchPosition');
}
