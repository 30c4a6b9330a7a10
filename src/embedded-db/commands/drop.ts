// drop: removes a collection with its indexes; the space is taken back in the background.
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
