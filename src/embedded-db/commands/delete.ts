// delete: removes the first or every document that matches.
import { findRows } from '../planner/find-rows.ts';
import { newDoc, type Doc } from '../query/bson.ts';
import { compileFilter } from '../query/filter.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { docField, docList, numberField } from '../wire/fields.ts';
import { replaceDocument } from '../writes/update-documents.ts';
import { updateFirst } from '../writes/update-documents.ts';
import { collectionName, refuseCollation, variablesOf, type WriteCommand } from './command.ts';
import { hintOf } from './find.ts';
import { runBatch } from './write-errors.ts';

export const deleteCommand: WriteCommand = {
  inTransaction: true,
  *write(op, request) {
    const { body } = request;
    const name = collectionName(request);
    const deletes = docList(body['deletes'], 'delete.deletes');
    const vars = variablesOf(op, body);
    let n = 0;
    const errors = yield* runBatch(op, body, deletes, function* (statement) {
      refuseCollation(statement);
      n += yield* removeMatching(op, name, statement, vars);
    });
    return { fields: { n, ...errors } };
  },
};

function* removeMatching(op: Operation, name: string, statement: Doc, vars: Doc): WriteWork<number> {
  const filter = docField(statement, 'q') ?? newDoc();
  const hint = hintOf(statement);
  if (numberField(statement, 'limit', 0) === 1) {
    return (yield* updateFirst(op, { collection: name, filter, update: undefined, hint, vars })) ? 1 : 0;
  }
  const matches = compileFilter(filter, vars);
  const collection = op.collection(name);
  if (!collection) return 0;
  let removed = 0;
  // The keys are taken down first: removing while scanning would move the ground under the scan.
  const keys = Array.from(findRows(op.view, collection, { filter, hint, vars }), (found) => found.idKey);
  for (const idKey of keys) {
    if (yield* replaceDocument(op, collection, idKey, matches, () => undefined)) removed += 1;
    yield undefined;
  }
  return removed;
}
