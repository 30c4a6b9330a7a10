// Compares what indexes hold with what the documents say.
import type { Collection } from './catalog/catalog-types.ts';
import { describeId } from './keys/describe-id.ts';
import { tableKey } from './keys/table-key.ts';
import { decode } from './query/bson.ts';
import { tableEntries, type ReadableView } from './storage/view.ts';
import { indexKeys } from './writes/document-change.ts';
import { idKeyOf } from './writes/insert-document.ts';

/** Checks one collection: every document readable and under its own `_id`, every index entry right, none missing, no unique key twice. */
export function checkCollection(view: ReadableView, collection: Collection) {
  /** One sentence for each wrong, missing or surplus entry and each document that cannot be read. */
  const errors: string[] = [];
  const expected = collection.indexes.map((index) => ({ index, wanted: new Set<string>() }));
  let documents = 0;
  let unreadable = 0;
  for (const { key, value } of tableEntries(view, collection.table)) {
    documents += 1;
    const idKey = key.subarray(4);
    try {
      const doc = decode(value);
      if (!idKeyOf(doc['_id']).equals(idKey))
        errors.push(`${collection.ns}: a document lies under another _id (${describeId(idKey)})`);
      for (const { index, wanted } of expected)
        for (const { bytes } of indexKeys(index, doc)?.keys ?? [])
          wanted.add(tableKey(index.table, bytes, idKey).toString('latin1'));
    } catch (error) {
      unreadable += 1;
      errors.push(`${collection.ns}: document ${describeId(idKey)} cannot be read: ${String(error)}`);
    }
  }
  let entries = 0;
  for (const { index, wanted } of expected) {
    const name = `${collection.ns}.${index.name}`;
    let previous = '';
    for (const { key, value } of tableEntries(view, index.table)) {
      entries += 1;
      if (!wanted.delete(key.toString('latin1')))
        errors.push(`${name}: surplus entry ${key.toString('hex')}`);
      if (!key.subarray(-value.length).equals(value))
        errors.push(`${name}: entry ${key.toString('hex')} points to another document`);
      const fields = key.subarray(0, -value.length).toString('latin1');
      if (index.unique && fields === previous)
        errors.push(`${name}: unique key twice ${key.toString('hex')}`);
      previous = fields;
    }
    for (const key of wanted)
      errors.push(`${name}: missing entry ${Buffer.from(key, 'latin1').toString('hex')}`);
  }
  return { documents, unreadable, entries, errors };
}
