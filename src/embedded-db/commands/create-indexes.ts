// createIndexes: adds indexes; on a collection with documents they are built in slices while others read and write.
import type { Collection, Index } from '../catalog/catalog-types.ts';
import { tableRange } from '../catalog/catalog.ts';
import { readIndexSpec } from '../catalog/index-spec.ts';
import { CommandError } from '../errors.ts';
import { above, tableKey } from '../keys/table-key.ts';
import { decode, isDoc, keysOf, type Doc } from '../query/bson.ts';
import { equalValues } from '../query/compare.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { docList } from '../wire/fields.ts';
import { duplicateKey, indexKeys } from '../writes/document-change.ts';
import { collectionName, type WriteCommand } from './command.ts';

const CHUNK = 100;

export const createIndexes: WriteCommand = {
  inTransaction: false,
  *write(op, request) {
    const name = collectionName(request);
    const existed = op.collection(name) !== undefined;
    const specs = docList(request.body['indexes'], 'createIndexes.indexes');
    if (specs.length === 0) throw new CommandError(2, 'Must specify at least one index to create');
    for (const spec of specs) readIndexSpec(spec, 0);
    const collection = op.collectionForWrite(name);
    const before = collection.indexes.length + 1;
    for (const spec of specs) if (isNew(collection, spec)) yield* build(op, collection, spec);
    const after = collection.indexes.length + 1;
    const note = after === before ? { note: 'all indexes already exist' } : {};
    return {
      fields: {
        numIndexesBefore: before,
        numIndexesAfter: after,
        createdCollectionAutomatically: !existed,
        ...note,
      },
    };
  },
};

function isNew(collection: Collection, given: Doc): boolean {
  const wanted = readIndexSpec(given, 0);
  if (isDoc(given['key']) && keysOf(given['key']).join() === '_id') return false;
  for (const index of collection.indexes) {
    const sameKey = sameIn(index, wanted, 'key');
    const sameOptions = ['unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds'].every((name) =>
      sameIn(index, wanted, name),
    );
    if (index.name === wanted.name) {
      if (sameKey && sameOptions) return false;
      const message =
        'An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ';
      throw new CommandError(sameKey ? 85 : 86, message + wanted.name);
    }
    if (sameKey && sameIn(index, wanted, 'partialFilterExpression')) {
      throw new CommandError(85, `Index already exists with a different name: ${index.name}`);
    }
  }
  return true;
}

function sameIn(index: Index, wanted: Index, name: string): boolean {
  return (
    equalValues(index.spec[name] ?? null, wanted.spec[name] ?? null) &&
    orderOf(index, name) === orderOf(wanted, name)
  );
}

const orderOf = (index: Index, name: string): string => {
  const value = index.spec[name];
  return name === 'key' && isDoc(value) ? keysOf(value).join() : '';
};

function* build(op: Operation, collection: Collection, spec: Doc): WriteWork<void> {
  const { catalog } = op.engine;
  const index = catalog.addIndex(collection, spec);
  try {
    const { end } = tableRange(collection.table);
    let { start } = tableRange(collection.table);
    for (;;) {
      const chunk = op.view.range({ start, end, limit: CHUNK });
      for (const { key, value } of chunk) addEntries(op, collection, index, key.subarray(4), decode(value));
      const last = chunk.at(-1);
      if (!last || chunk.length < CHUNK) break;
      start = Buffer.concat([last.key, Buffer.of(0)]);
      yield undefined;
      if (!collection.indexes.includes(index) || catalog.find(collection.ns) !== collection) {
        throw new CommandError(276, `Index build failed: ${index.name} was dropped meanwhile`);
      }
    }
    catalog.finishIndex(collection, index);
  } catch (error) {
    if (collection.indexes.includes(index)) catalog.dropIndex(collection, index);
    throw error;
  }
}

function addEntries(op: Operation, collection: Collection, index: Index, idKey: Buffer, doc: Doc): void {
  const extracted = indexKeys(index, doc);
  if (!extracted) return;
  op.engine.catalog.noteMultikey(collection, index, extracted.multikey);
  for (const { bytes, values } of extracted.keys) {
    const prefix = tableKey(index.table, bytes);
    if (index.unique) {
      const [holder] = op.view.range({ start: prefix, end: above(prefix), limit: 1 });
      if (holder && !holder.value.equals(idKey)) throw duplicateKey(collection, index, values);
    }
    const key = tableKey(index.table, bytes, idKey);
    if (key.length > 3900) throw new CommandError(17280, `index key of ${key.length} bytes is too long`);
    op.view.put(key, idKey);
  }
}
