// Changes or removes one stored document, provided it still matches when its turn comes.
import type { Collection } from '../catalog/catalog-types.ts';
import { tableKey } from '../keys/table-key.ts';
import { decode, encode, type Doc } from '../query/bson.ts';
import type { Row } from '../planner/row.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { planChange } from './document-change.ts';

export interface Replaced {
  readonly before: Doc;
  readonly after: Doc;
  readonly modified: boolean;
}

/**
 * Replaces the document by `next(doc)`, or removes it where that is undefined; `undefined` when it no longer matches. `found`
 * is the row that matched a moment ago, if it is at hand: while it stands it is neither decoded nor matched again.
 */
export function* replaceDocument(
  op: Operation,
  collection: Collection,
  idKey: Buffer,
  matches: (doc: Doc) => boolean,
  next: (doc: Doc) => Doc | undefined,
  found?: Row,
): WriteWork<Replaced | undefined> {
  const documentKey = tableKey(collection.table, idKey);
  for (;;) {
    // In a transaction a command runs to its end at once, so what it found stands.
    const stored = op.transaction && found ? found.bytes : op.view.get(documentKey);
    if (!stored) return undefined;
    const isAsFound = found !== undefined && (stored === found.bytes || areSame(stored, found.bytes));
    const before = isAsFound ? found.doc : decode(stored);
    if (!isAsFound && !matches(before)) return undefined;
    const after = next(before);
    if (after === before) return { before, after, modified: false };
    const bytes = after && encode(after);
    if (bytes && areSame(stored, bytes)) return { before, after, modified: false };
    const change = planChange(collection, idKey, before, after && bytes && { doc: after, bytes });
    if (yield* op.change(collection, change)) return { before, after: after ?? before, modified: true };
  }
}

const areSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
