// insert: new documents, in order or not.
import { insertDocument, prepareInsert } from '../writes/insert-document.ts';
import { collectionName, type WriteCommand } from './command.ts';
import { runBatch } from './write-errors.ts';

export const insert: WriteCommand = {
  inTransaction: true,
  *write(op, request) {
    const { body, documents = [] } = request;
    const name = collectionName(request);
    let n = 0;
    const errors = yield* runBatch(op, body, documents, function* (bytes) {
      yield* insertDocument(op, op.collectionForWrite(name), prepareInsert(bytes));
      n += 1;
    });
    return { fields: { n, ...errors } };
  },
};
