// Updates: operators, replacement documents and pipelines, applied to one document.

import type { Doc } from './bson.ts';
import { unsupported } from './errors.ts';

/** `filter` is the query that found the document: the positional `$` needs it. */
export interface UpdateOptions {
  arrayFilters?: Doc[];
  vars?: Doc;
  now: Date;
  filter?: Doc;
  isUpsertInsert?: boolean;
}

/** The updated copy, or `doc` itself when nothing changed; throws QueryError with MongoDB's code. */
export function applyUpdate(_doc: Doc, _update: Doc | Doc[], _options: UpdateOptions): Doc {
  throw unsupported('applyUpdate');
}

/** The document an upsert starts from: the filter's equality conditions. */
export function upsertSeed(_filter: Doc): Doc {
  throw unsupported('upsertSeed');
}
