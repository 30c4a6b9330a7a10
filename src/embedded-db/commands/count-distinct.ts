// count, distinct: how many documents match, and the different values of one field among them.
import { CommandError } from '../errors.ts';
import { encodeValue } from '../keys/encode.ts';
import { countRows, findRows } from '../planner/find-rows.ts';
import { isDoc, type Value } from '../query/bson.ts';
import { compareValues } from '../query/compare.ts';
import { approximateSize } from '../query/memory.ts';
import { numberField, stringField } from '../wire/fields.ts';
import { collectionName, queryOf, type Command } from './command.ts';

const LARGEST_ANSWER = 16 * 1024 * 1024;

export const count: Command = (op, request) => {
  const { body } = request;
  const n = countRows(op.view, op.collection(collectionName(request)), {
    ...queryOf(op, body, 'query'),
    skip: numberField(body, 'skip', 0),
    limit: Math.abs(numberField(body, 'limit', 0)),
  });
  return { n };
};

/** Elements of arrays count one by one. */
export const distinct: Command = (op, request) => {
  const { body } = request;
  const parts = stringField(body, 'key').split('.');
  const found = findRows(op.view, op.collection(collectionName(request)), queryOf(op, body, 'query'));
  const values = new Map<string, Value>();
  let size = 0;
  for (const { row } of found) {
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
    const position = /^\d+$/.test(part) ? valuesAt(value[Number(part)], rest) : [];
    return [...position, ...value.flatMap((item) => (isDoc(item) ? valuesAt(item, parts) : []))];
  }
  return isDoc(value) ? valuesAt(value[part], rest) : [];
}
