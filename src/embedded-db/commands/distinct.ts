// distinct: the different values of one field among the matching documents, elements of arrays one by one.
import { encodeValue } from '../keys/encode.ts';
import { CommandError } from '../errors.ts';
import { findRows } from '../planner/find-rows.ts';
import { isDoc, newDoc, type Value } from '../query/bson.ts';
import { compareValues } from '../query/compare.ts';
import { approximateSize } from '../query/memory.ts';
import { docField, stringField } from '../wire/fields.ts';
import { collectionName, deadlineOf, refuseCollation, variablesOf, type ReadCommand } from './command.ts';
import { timeOf } from './cursor-answer.ts';
import { hintOf } from './find.ts';

const LARGEST_ANSWER = 16 * 1024 * 1024;

export const distinct: ReadCommand = {
  inTransaction: true,
  read(op, request) {
    const { body } = request;
    refuseCollation(body);
    const parts = stringField(body, 'key').split('.');
    const found = findRows(op.view, op.collection(collectionName(request)), {
      filter: docField(body, 'query') ?? newDoc(),
      hint: hintOf(body),
      vars: variablesOf(op, body),
      deadline: deadlineOf(body),
    });
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
    return { fields: { values: [...values.values()].sort(compareValues), ...timeOf(op) } };
  },
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
