// find: documents of one collection by filter, in order, projected.
import { unsupported } from '../errors.ts';
import { findRows } from '../planner/find-rows.ts';
import { madeRow, type Found, type Row } from '../planner/scan.ts';
import { isDoc, keysOf, newDoc, type Doc } from '../query/bson.ts';
import { fieldsLookedAt } from '../query/pipeline.ts';
import { compileProjection } from '../query/projection.ts';
import { docField, flagOf, numberField } from '../wire/fields.ts';
import { collectionName, deadlineOf, refuseCollation, variablesOf, type ReadCommand } from './command.ts';
import { FIRST_BATCH, firstBatch } from './cursor-answer.ts';

const REFUSED = ['tailable', 'awaitData', 'min', 'max', 'returnKey', 'showRecordId', 'oplogReplay'] as const;

export const find: ReadCommand = {
  inTransaction: true,
  read(op, request) {
    const { body } = request;
    const name = collectionName(request);
    refuseCollation(body);
    for (const option of REFUSED)
      if (flagOf(body[option]) || isDoc(body[option])) throw unsupported(`find with ${option}`);
    const filter = docField(body, 'filter') ?? newDoc();
    const vars = variablesOf(op, body);
    const sort = docField(body, 'sort');
    const projection = docField(body, 'projection');
    const limit = numberField(body, 'limit', 0);
    const found = findRows(op.view, op.collection(name), {
      filter,
      sort,
      skip: numberField(body, 'skip', 0),
      limit: Math.abs(limit),
      hint: hintOf(body),
      vars,
      deadline: deadlineOf(body),
      fields: projects(projection) ? undefined : fieldsLookedAt(filter, sort),
      memoryLimit: op.engine.memoryLimit,
    });
    const batchSize = numberField(body, 'batchSize', FIRST_BATCH);
    return firstBatch(op, `${op.db}.${name}`, project(found, projection, vars), {
      batchSize: limit < 0 ? -limit : batchSize,
      singleBatch: flagOf(body['singleBatch']) || limit < 0,
      noTimeout: flagOf(body['noCursorTimeout']),
    });
  },
};

/** The hint of a command; an empty one counts as none. */
export function hintOf(body: Doc): Doc | string | undefined {
  const hint = body['hint'];
  if (typeof hint === 'string') return hint;
  const key = docField(body, 'hint');
  return key && keysOf(key).length > 0 ? key : undefined;
}

function projects(projection: Doc | undefined): projection is Doc {
  return projection !== undefined && keysOf(projection).length > 0;
}

function project(found: Iterable<Found>, projection: Doc | undefined, vars: Doc): Iterator<Row> {
  if (!projects(projection)) return found[Symbol.iterator]();
  return projected(found, compileProjection(projection, vars));
}

function* projected(found: Iterable<Found>, transform: (doc: Doc) => Doc): Generator<Row, void, void> {
  for (const { doc } of found) yield madeRow(transform(doc));
}
