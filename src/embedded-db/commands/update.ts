// update: changes the first or every document that matches, by operators, replacement or pipeline.
import { CommandError } from '../errors.ts';
import { isDoc, newDoc, type Doc } from '../query/bson.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { docField, docList, flagOf } from '../wire/fields.ts';
import { isReplacement, updateAll, updateFirst, type UpdateRequest } from '../writes/update-documents.ts';
import { collectionName, refuseCollation, variablesOf, type WriteCommand } from './command.ts';
import { hintOf } from './find.ts';
import { runBatch } from './write-errors.ts';

export const update: WriteCommand = {
  inTransaction: true,
  *write(op, request) {
    const { body } = request;
    const name = collectionName(request);
    const updates = docList(body['updates'], 'update.updates');
    // As MongoDB 7.0 answers to what 8.0 knows.
    if (updates.some((statement) => statement['sort'] !== undefined))
      throw new CommandError(40415, `BSON field 'update.updates.sort' is an unknown field.`);
    const vars = variablesOf(op, body);
    const totals = { n: 0, nModified: 0 };
    const upserted: Doc[] = [];
    const errors = yield* runBatch(op, body, updates, function* (statement, index) {
      const done = yield* runStatement(op, name, statement, vars);
      totals.n += done.n;
      totals.nModified += done.nModified;
      if (done.upsertedId !== undefined) upserted.push({ index, _id: done.upsertedId });
    });
    return { fields: { ...totals, ...(upserted.length > 0 ? { upserted } : {}), ...errors } };
  },
};

function* runStatement(
  op: Operation,
  collection: string,
  statement: Doc,
  vars: Doc,
): WriteWork<{ n: number; nModified: number; upsertedId?: Doc['_id'] }> {
  refuseCollation(statement);
  const change = updateOf(statement['u']);
  const request: UpdateRequest = {
    collection,
    filter: docField(statement, 'q') ?? newDoc(),
    update: change,
    arrayFilters: arrayFiltersOf(statement),
    upsert: flagOf(statement['upsert']),
    hint: hintOf(statement),
    vars: { ...vars, ...docField(statement, 'c') },
  };
  if (flagOf(statement['multi'])) {
    if (isReplacement(change))
      throw new CommandError(9, 'multi update is not supported for replacement-style update');
    const done = yield* updateAll(op, request);
    if ('upsertedId' in done) return { n: 1, nModified: 0, upsertedId: done.upsertedId };
    return { n: done.matched, nModified: done.modified };
  }
  const done = yield* updateFirst(op, request);
  if (!done) return { n: 0, nModified: 0 };
  if ('upsertedId' in done) return { n: 1, nModified: 0, upsertedId: done.upsertedId };
  return { n: 1, nModified: done.modified ? 1 : 0 };
}

/** The update of a statement: a document or a pipeline. FailedToParse (9) for anything else. */
export function updateOf(value: Doc[string] | undefined): Doc | Doc[] {
  if (Array.isArray(value)) return docList(value, 'update');
  if (!isDoc(value)) throw new CommandError(9, 'Update argument must be either an object or an array');
  return value;
}

/** The array filters of a statement. */
export function arrayFiltersOf(statement: Doc): Doc[] | undefined {
  const given = statement['arrayFilters'];
  return given === undefined || given === null ? undefined : docList(given, 'arrayFilters');
}
