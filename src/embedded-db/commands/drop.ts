// drop, dropDatabase, dropIndexes: collections and indexes go at once; their space is taken back in the background.
import type { Collection, Index } from '../catalog/catalog-types.ts';
import { CommandError } from '../errors.ts';
import { isDoc, keysOf, type Value } from '../query/bson.ts';
import { equalValues } from '../query/compare.ts';
import { collectionName, type WriteCommand } from './command.ts';

export const drop: WriteCommand = {
  inTransaction: false,

  *write(op, request) {
    const name = collectionName(request);
    const collection = op.collection(name);
    if (!collection) return {};
    const nIndexesWas = collection.indexes.length + 1;
    op.engine.catalog.drop(collection);
    op.engine.reclaim();
    return { fields: { nIndexesWas, ns: collection.ns } };
  },
};

export const dropDatabase: WriteCommand = {
  inTransaction: false,

  *write(op) {
    const collections = op.engine.catalog.list(op.db);
    for (const collection of collections) op.engine.catalog.drop(collection);
    op.engine.reclaim();
    return collections.length > 0 ? { fields: { dropped: op.db } } : {};
  },
};

export const dropIndexes: WriteCommand = {
  inTransaction: false,

  *write(op, request) {
    const collection = op.collection(collectionName(request));
    if (!collection) throw new CommandError(26, `ns not found ${op.db}.${collectionName(request)}`);
    const before = collection.indexes.length + 1;
    const wanted = request.body['index'];
    for (const index of chosen(collection, wanted ?? null)) op.engine.catalog.dropIndex(collection, index);
    return { fields: { nIndexesWas: before } };
  },
};

function chosen(collection: Collection, wanted: Value): Index[] {
  if (wanted === '*') return [...collection.indexes];
  if (Array.isArray(wanted)) return wanted.flatMap((one) => chosen(collection, one));
  if (wanted === '_id_' || (isDoc(wanted) && keysOf(wanted).join() === '_id'))
    throw new CommandError(72, 'cannot drop _id index');
  const index = collection.indexes.find(
    (one) => one.name === wanted || (isDoc(wanted) && equalValues(one.spec['key'] ?? null, wanted)),
  );
  if (!index)
    throw new CommandError(
      27,
      `index not found with name [${isDoc(wanted) ? keysOf(wanted).join('_') : String(wanted)}]`,
    );
  return [index];
}
