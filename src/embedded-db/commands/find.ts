// find: documents of one collection by filter, in order, projected.
import { unsupported } from '../errors.ts';
import { findRows } from '../planner/find-rows.ts';
import { madeRow, type Row } from '../planner/row.ts';
import { isDoc, keysOf, type Doc } from '../query/bson.ts';
import { fieldsLookedAt } from '../query/pipeline.ts';
import { compileProjection } from '../query/projection.ts';
import { docField, flagOf, numberField } from '../wire/fields.ts';
import { collectionName, queryOf, type Command } from './command.ts';
import { batchSizeOf, firstBatch } from './cursors.ts';

const REFUSED = ['tailable', 'awaitData', 'noCursorTimeout', 'min', 'max', 'returnKey', 'showRecordId'];

export const find: Command = (op, request) => {
  const { body } = request;
  const name = collectionName(request);
  const query = queryOf(op, body, 'filter');
  for (const option of REFUSED)
    if (flagOf(body[option]) || isDoc(body[option])) throw unsupported(`find with ${option}`);
  const sort = docField(body, 'sort');
  const limit = numberField(body, 'limit', 0);
  const project = projectionOf(body, 'projection', query.vars);
  const found = findRows(op.view, op.collection(name), {
    ...query,
    sort,
    skip: numberField(body, 'skip', 0),
    limit: Math.abs(limit),
    fields: project ? undefined : fieldsLookedAt(query.filter, sort),
  });
  const singleBatch = flagOf(body['singleBatch']) || limit < 0;
  return firstBatch(op, name, rowsOf(found, project), limit < 0 ? -limit : batchSizeOf(body), singleBatch);
};

/** The projection in a field of a command, if there is one. */
export function projectionOf(body: Doc, field: string, vars: Doc): ((doc: Doc) => Doc) | undefined {
  const spec = docField(body, field);
  return spec && keysOf(spec).length > 0 ? compileProjection(spec, vars) : undefined;
}

function* rowsOf(
  found: ReturnType<typeof findRows>,
  project: ((doc: Doc) => Doc) | undefined,
): Generator<Row, void, void> {
  for (const { row } of found) yield project ? madeRow(project(row.doc)) : row;
}
