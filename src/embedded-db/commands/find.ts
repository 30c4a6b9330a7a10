// find, count, distinct: the documents of one collection that match, how many they are, and the values of one of their fields.
import { CommandError } from '../errors.ts';
import { encodeValue } from '../keys/encode.ts';
import { countRows, findRows } from '../planner/find-rows.ts';
import { madeRow, type Row } from '../planner/scan.ts';
import { isDoc, keysOf, type Doc, type Value } from '../query/bson.ts';
import { compareValues } from '../query/compare.ts';
import { approximateSize } from '../query/memory.ts';
import { isIndex } from '../query/paths.ts';
import { fieldsLookedAt } from '../query/pipeline.ts';
import { compileProjection } from '../query/projection.ts';
import { docField, flagOf, numberField, stringField } from '../wire/fields.ts';
import { collectionName, queryOf, type Command, type Commands } from './command.ts';
import { batchSizeOf, firstBatch } from './cursors.ts';

const LARGEST_ANSWER = 16 * 1024 * 1024;

const find: Command = (op, request) => {
  const { body } = request;
  const name = collectionName(request);
  const query = queryOf(op, body, 'filter');
  const sort = docField(body, 'sort');
  const limit = numberField(body, 'limit', 0);
  const project = projectionOf(body, 'projection', query.vars);
  const found = findRows(op.view, op.collection(name), {
    ...query,
    sort,
    skip: numberField(body, 'skip', 0),
    limit,
    fields: project ? undefined : fieldsLookedAt(query.filter, sort),
  });
  return firstBatch(op, name, rowsOf(found, project), batchSizeOf(body), flagOf(body['singleBatch']));
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
  for (const row of found) yield project ? madeRow(project(row.doc)) : row;
}

const count: Command = (op, request) => {
  const { body } = request;
  const n = countRows(op.view, op.collection(collectionName(request)), {
    ...queryOf(op, body, 'query'),
    skip: numberField(body, 'skip', 0),
    limit: Math.abs(numberField(body, 'limit', 0, -Infinity)),
  });
  return { n };
};

// Elements of arrays count one by one.
const distinct: Command = (op, request) => {
  const { body } = request;
  const parts = stringField(body, 'key').split('.');
  const found = findRows(op.view, op.collection(collectionName(request)), queryOf(op, body, 'query'));
  const values = new Map<string, Value>();
  let size = 0;
  for (const row of found) {
    for (const value of valuesAt(row.doc, parts)) {
      const key = encodeValue(value).toString('latin1');
      if (values.has(key)) continue;
      values.set(key, value);
      size += approximateSize(value);
      if (size > LARGEST_ANSWER) throw new CommandError(17217, 'distinct too big, 16mb cap');
    }
  }
  return { values: [...values.values()].sort(compareValues), atClusterTime: op.snapshot?.time };
};

function valuesAt(value: Value | undefined, parts: readonly string[]): Value[] {
  const [part, ...rest] = parts;
  if (value === undefined) return [];
  if (part === undefined) return Array.isArray(value) ? value : [value];
  if (Array.isArray(value)) {
    if (isIndex(part)) return valuesAt(value[Number(part)], rest);
    return value.flatMap((item) => (isDoc(item) ? valuesAt(item, parts) : []));
  }
  return isDoc(value) ? valuesAt(value[part], rest) : [];
}

export const reads: Commands = { find, count, distinct };
