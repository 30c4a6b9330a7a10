// Sort specifications, compiled into a comparator.

import type { Doc } from './bson.ts';
import { unsupported } from './errors.ts';

/** A comparator in MongoDB's order: arrays sort by their lowest element ascending, by their highest descending. */
export function compileSort(_spec: Doc): (a: Doc, b: Doc) => number {
  throw unsupported('compileSort');
}
