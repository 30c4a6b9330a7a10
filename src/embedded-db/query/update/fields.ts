// Update operators on fields: $set, $unset, $setOnInsert, $min, $max, $inc.

import { compareValues } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { add, isWhole } from '../numbers.ts';
import { isNumber, typeName } from '../types.ts';
import { subject, type Change, type Operator } from './leaf.ts';

const set: Operator = (operand) => ({ compute: () => operand, creates: true });

const setOnInsert: Operator = (operand, path, isUpsertInsert) =>
  isUpsertInsert ? set(operand, path, isUpsertInsert) : { compute: (current) => current, creates: false };

const unset: Operator = () => ({ compute: () => undefined, creates: false });

function extreme(sign: 1 | -1): Operator {
  return (operand): Change => ({
    compute: (current) =>
      current === undefined || compareValues(operand, current) * sign > 0 ? operand : current,
    creates: true,
  });
}

const increment: Operator = (operand, path) => {
  if (!isNumber(operand)) {
    throw new QueryError(14, `Cannot increment with non-numeric argument: {${path}: ${typeName(operand)}}`);
  }
  return {
    creates: true,
    compute: (current, where) => {
      if (current === undefined) return operand;
      if (!isNumber(current)) {
        throw new QueryError(
          14,
          `Cannot apply $inc to the ${typeName(current)} ${path} of ${subject(where)}`,
        );
      }
      const result = add(current, operand);
      // Whole numbers must not turn into doubles: that would lose digits silently.
      if (isWhole(current) && isWhole(operand) && !isWhole(result)) {
        throw new QueryError(2, `Failed to apply $inc to ${path}: ${String(current)} of ${subject(where)}`);
      }
      return result;
    },
  };
};

export const fieldOperators: Readonly<Record<string, Operator>> = {
  $set: set,
  $setOnInsert: setOnInsert,
  $unset: unset,
  $min: extreme(-1),
  $max: extreme(1),
  $inc: increment,
};
