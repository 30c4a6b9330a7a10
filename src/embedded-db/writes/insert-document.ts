// Puts one new document into a collection.
import type { Collection } from '../catalog/catalog-types.ts';
import { CommandError } from '../errors.ts';
import { encodeValue } from '../keys/encode.ts';
import { tableKey } from '../keys/table-key.ts';
import {
  ObjectId,
  decode,
  encode,
  isDoc,
  keysOf,
  newDoc,
  setField,
  type Doc,
  type Value,
} from '../query/bson.ts';
import { typeName } from '../query/types.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { duplicateKey, planChange } from './document-change.ts';

/** A document ready to store: `_id` comes first, and is made up where it was missing. */
export function prepareInsert(bytes: Uint8Array): { doc: Doc; bytes: Uint8Array } {
  return withIdFirst(decode(bytes), bytes);
}

/** The same for a document that exists only in memory. */
export function withIdFirst(doc: Doc, bytes?: Uint8Array): { doc: Doc; bytes: Uint8Array } {
  const names = keysOf(doc);
  if (names[0] === '_id' && bytes) return { doc, bytes };
  const ordered = newDoc();
  ordered['_id'] = doc['_id'] ?? (names.includes('_id') ? null : new ObjectId());
  for (const name of names) if (name !== '_id') setField(ordered, name, doc[name] as Value);
  return { doc: ordered, bytes: encode(ordered) };
}

/** The key of a document by its `_id`. InvalidIdField (53) for an array, regular expression or undefined, 52 for `$` fields. */
export function idKeyOf(id: Value | undefined): Buffer {
  const type = typeName(id);
  if (['array', 'regex', 'undefined'].includes(type))
    throw new CommandError(53, `The '_id' value cannot be of type ${type}`);
  const dollar = isDoc(id) ? keysOf(id).find((name) => name.startsWith('$')) : undefined;
  if (dollar)
    throw new CommandError(
      52,
      `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`,
    );
  return encodeValue(id);
}

/** Inserts a prepared document. Duplicate key (11000) when its `_id` or another unique key is taken. */
export function* insertDocument(
  op: Operation,
  collection: Collection,
  prepared: { readonly doc: Doc; readonly bytes: Uint8Array },
): WriteWork<void> {
  const id = prepared.doc['_id'];
  const idKey = idKeyOf(id);
  const documentKey = tableKey(collection.table, idKey);
  for (;;) {
    if (op.view.get(documentKey)) throw duplicateKey(collection, collection.primary, [id]);
    // While it waited the collection may have got another index.
    const change = planChange(collection, idKey, undefined, prepared);
    if (yield* op.change(collection, change)) return;
  }
}
