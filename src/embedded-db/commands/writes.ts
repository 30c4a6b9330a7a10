// insert, update, delete: batches of statements, each of which succeeds or fails by itself; and findAndModify.
import { CommandError } from '../errors.ts';
import { encode, isDoc, type Doc } from '../query/bson.ts';
import { QueryError } from '../query/errors.ts';
import type { Operation } from '../session/operation.ts';
import type { WriteWork } from '../storage/writer.ts';
import { docField, docList, flagOf, numberField } from '../wire/fields.ts';
import { MAX_STATEMENTS } from '../wire/messages.ts';
import { describeError, type Answer } from '../wire/reply.ts';
import { insertDocument, prepareInsert } from '../writes/insert-document.ts';
import { isReplacement, updateAll, updateFirst } from '../writes/update-documents.ts';
import { collectionName, queryOf, variablesOf, type Command, type Commands } from './command.ts';
import { checkStatements } from './fields.ts';
import { projectionOf } from './find.ts';

const insert: Command = function* (op, request) {
  const { body, documents } = request;
  const name = collectionName(request);
  const prepared = documents ?? docList(body['documents'], 'insert.documents').map(encode);
  return yield* runBatch(op, body, prepared, { n: 0 }, function* (bytes) {
    yield* insertDocument(op, op.collectionForWrite(name), prepareInsert(bytes));
    return { n: 1 };
  });
};

const update: Command = function* (op, request) {
  const { body } = request;
  const name = collectionName(request);
  const updates = docList(body['updates'], 'update.updates');
  checkStatements('update.updates', updates);
  const vars = variablesOf(op, body);
  const totals = { n: 0, nModified: 0 };
  return yield* runBatch(op, body, updates, totals, (statement) => updateBy(op, name, statement, vars));
};

function* updateBy(op: Operation, collection: string, statement: Doc, vars: Doc): WriteWork<Done> {
  const change = updateOf(statement['u']);
  const request = {
    ...queryOf(op, statement, 'q', { ...vars, ...docField(statement, 'c') }),
    collection,
    update: change,
    arrayFilters: docList(statement['arrayFilters'] ?? [], 'arrayFilters'),
    upsert: flagOf(statement['upsert']),
  };
  const multi = flagOf(statement['multi']);
  if (multi && isReplacement(change))
    throw new CommandError(9, 'multi update is not supported for replacement-style update');
  const done = multi ? yield* updateAll(op, request) : yield* updateFirst(op, request);
  if (!done) return { n: 0 };
  if ('upsertedId' in done) return { n: 1, upsertedId: done.upsertedId };
  return { n: 'matched' in done ? done.matched : 1, nModified: Number(done.modified) };
}

// A document or a pipeline. FailedToParse (9) for anything else.
function updateOf(value: Doc[string] | undefined): Doc | Doc[] {
  if (Array.isArray(value)) return docList(value, 'update');
  if (!isDoc(value)) throw new CommandError(9, 'Update argument must be either an object or an array');
  return value;
}

const deleteCommand: Command = function* (op, request) {
  const { body } = request;
  const name = collectionName(request);
  const deletes = docList(body['deletes'], 'delete.deletes');
  checkStatements('delete.deletes', deletes);
  const vars = variablesOf(op, body);
  return yield* runBatch(op, body, deletes, { n: 0 }, (statement) => deleteBy(op, name, statement, vars));
};

function* deleteBy(op: Operation, name: string, statement: Doc, vars: Doc): WriteWork<Done> {
  const request = { ...queryOf(op, statement, 'q', vars), collection: name, update: undefined };
  const limit = numberField(statement, 'limit', 0);
  if (limit === 1) return { n: (yield* updateFirst(op, request)) ? 1 : 0 };
  if (limit !== 0)
    throw new CommandError(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  const done = yield* updateAll(op, request);
  return { n: 'matched' in done ? done.matched : 0 };
}

// Changes or removes one document and returns it as it was before or is after.
const findAndModify: Command = function* (op, request) {
  const { body } = request;
  const query = queryOf(op, body, 'query');
  const remove = flagOf(body['remove']);
  const wantsNew = flagOf(body['new']);
  const upsert = flagOf(body['upsert']);
  if (remove && (body['update'] !== undefined || wantsNew || upsert))
    throw new CommandError(9, "Cannot specify both remove=true and an update, 'new' or 'upsert'");
  const project = projectionOf(body, 'fields', query.vars) ?? ((doc) => doc);
  const done = yield* updateFirst(op, {
    ...query,
    collection: collectionName(request),
    update: remove ? undefined : updateOf(body['update']),
    arrayFilters: docList(body['arrayFilters'] ?? [], 'arrayFilters'),
    upsert,
    sort: docField(body, 'sort'),
  });
  if (!done) return { lastErrorObject: remove ? { n: 0 } : { n: 0, updatedExisting: false }, value: null };
  if ('upsertedId' in done) {
    const lastErrorObject = { n: 1, updatedExisting: false, upserted: done.upsertedId };
    return { lastErrorObject, value: wantsNew ? project(done.after) : null };
  }
  const lastErrorObject = remove ? { n: 1 } : { n: 1, updatedExisting: true };
  return { lastErrorObject, value: project(wantsNew ? done.after : done.before) };
};

/** What a statement did. */
interface Done {
  readonly n: number;
  readonly nModified?: number;
  readonly upsertedId?: Doc['_id'];
}

// Runs `each` over the statements and adds what they did to `totals`. An ordered batch stops at the first error, an unordered
// one goes on; in a transaction an error ends the command.
function* runBatch<T>(
  op: Operation,
  body: Doc,
  statements: readonly T[],
  totals: { n: number; nModified?: number },
  each: (statement: T) => WriteWork<Done>,
): WriteWork<Answer> {
  const asked = statements.length;
  if (asked === 0 || asked > MAX_STATEMENTS)
    throw new CommandError(
      16,
      `Write batch sizes must be between 1 and ${MAX_STATEMENTS}. Got ${asked} operations.`,
    );
  const upserted: object[] = [];
  const writeErrors: object[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      const { n, nModified = 0, upsertedId } = yield* each(statement);
      totals.n += n;
      if (totals.nModified !== undefined) totals.nModified += nModified;
      if (upsertedId !== undefined) upserted.push({ index, _id: upsertedId });
      yield undefined;
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      const transient = error instanceof CommandError && error.labels.includes('TransientTransactionError');
      if (transient) throw error;
      writeErrors.push({ index, ...describeError(error) });
      if (body['ordered'] !== false || op.transaction !== undefined) break;
    }
  }
  return {
    ...totals,
    ...(upserted.length > 0 && { upserted }),
    ...(writeErrors.length > 0 && { writeErrors }),
  };
}

export const writes: Commands = { insert, update, delete: deleteCommand, findAndModify };
