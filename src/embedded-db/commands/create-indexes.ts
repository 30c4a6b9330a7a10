// createIndexes: adds indexes; on a collection with documents they are built while others read and write.
import type { Collection, Index } from '../catalog/catalog-types.ts';
import { readIndexSpec } from '../catalog/index-spec.ts';
import { CommandError } from '../errors.ts';
import { buildIndex } from '../indexes/build-index.ts';
import { isDoc, keysOf, type Doc } from '../query/bson.ts';
import { equalValues } from '../query/compare.ts';
import { docList } from '../wire/fields.ts';
import { collectionName, type WriteCommand } from './command.ts';

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
    for (const spec of specs) if (isNew(collection, spec)) yield* buildIndex(op, collection, spec);
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
