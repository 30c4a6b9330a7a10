// Update operators on fields: $set, $unset, $setOnInsert, $min, $max, $currentDate.

import { isDoc, keysOf, Timestamp, type Value } from '../bson.ts';
import { compareValues } from '../compare.ts';
import { QueryError } from '../errors.ts';
import type { Change, Operator } from './leaf.ts';

const set: Operator = (operand) => ({ compute: () => operand, creates: true });

const setOnInsert: Operator = (operand, path, context) =>
  context.isUpsertInsert ? set(operand, path, context) : { compute: (current) => current, creates: false };

const unset: Operator = () => ({ compute: () => undefined, creates: false });

function extreme(sign: 1 | -1): Operator {
  return (operand): Change => ({
    compute: (current) =>
      current === undefined || compareValues(operand, current) * sign > 0 ? operand : current,
    creates: true,
  });
}

const currentDate: Operator = (operand, path, { now }) => {
  const value: Value = kindOf(operand, path) === 'date' ? now : stamp(now);
  return { compute: () => value, creates: true };
};

function kindOf(operand: Value, path: string): 'date' | 'timestamp' {
  if (typeof operand === 'boolean') return 'date';
  if (!isDoc(operand)) {
    throw new QueryError(2, `The field '${path}' of $currentDate takes a boolean or an object with $type`);
  }
  const unknown = keysOf(operand).find((key) => key !== '$type');
  if (unknown !== undefined) throw new QueryError(2, `Unrecognized $currentDate option: ${unknown}`);
  const type = operand['$type'];
  if (type !== 'date' && type !== 'timestamp') {
    throw new QueryError(
      2,
      `The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}`,
    );
  }
  return type;
}

function stamp(now: Date): Timestamp {
  return new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
}

export const fieldOperators: Readonly<Record<string, Operator>> = {
  $set: set,
  $setOnInsert: setOnInsert,
  $unset: unset,
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: currentDate,
};
