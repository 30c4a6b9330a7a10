// listIndexes: the indexes of a collection, the one on _id first.
import { CommandError } from '../errors.ts';
import { madeRow } from '../planner/row.ts';
import { newDoc, type Doc } from '../query/bson.ts';
import { docField, numberField } from '../wire/fields.ts';
import { collectionName, type ReadCommand } from './command.ts';
import { FIRST_BATCH, firstBatch } from './cursor-answer.ts';

export const ID_INDEX_SPEC = (): Doc => ({ v: 2, key: { _id: 1 }, name: '_id_' });

export const listIndexes: ReadCommand = {
  inTransaction: false,
  read(op, request) {
    const name = collectionName(request);
    const collection = op.collection(name);
    if (!collection) throw new CommandError(26, `ns does not exist: ${op.db}.${name}`);
    const specs = [
      ID_INDEX_SPEC(),
      ...collection.indexes.filter((index) => !index.building).map((index) => index.spec),
    ];
    const batchSize = numberField(docField(request.body, 'cursor') ?? newDoc(), 'batchSize', FIRST_BATCH);
    return firstBatch(op, `${op.db}.${name}`, specs.map(madeRow).values(), { batchSize });
  },
};
