// Projections of find and $project, compiled once into a function from document to document.

import type { Doc } from './bson.ts';
import { unsupported } from './errors.ts';

/** `filter` is needed for the positional `$`; `vars` for expressions. */
export interface ProjectionOptions {
  filter?: Doc;
  vars?: Doc;
}

/** A function that returns the projected copy; throws QueryError for a malformed specification. */
export function compileProjection(_spec: Doc, _options: ProjectionOptions = {}): (doc: Doc) => Doc {
  throw unsupported('compileProjection');
}
