// dropIndexes: removes indexes by name, by key or all of them.
import type { Collection, Index } from '../catalog/catalog-types.ts';
import { CommandError } from '../errors.ts';
import { isDoc, keysOf, type Value } from '../query/bson.ts';
import { equalValues } from '../query/compare.ts';
import { collectionName, type WriteCommand } from './command.ts';

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
