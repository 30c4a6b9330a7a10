// insert: new documents, in order or not.
import { CommandError } from '../errors.ts';
import { insertDocument, prepareInsert } from '../writes/insert-document.ts';
import { collectionName, type WriteCommand } from './command.ts';
import { runBatch, writeErrorFields } from './write-errors.ts';

export const insert: WriteCommand = {
  inTransaction: true,
  *write(op, request) {
    const { body, documents = [] } = request;
    if (documents.length === 0)
      throw new CommandError(16, 'Write batch sizes must be between 1 and 100000. Got 0 operations.');
    const name = collectionName(request);
    let n = 0;
    const outcome = yield* runBatch(
      documents,
      { ordered: body['ordered'] !== false, inTransaction: op.transaction !== undefined },
      function* (bytes) {
        yield* insertDocument(op, op.collectionForWrite(name), prepareInsert(bytes));
        n += 1;
      },
    );
    return { fields: { n, ...writeErrorFields(outcome) } };
  },
};
