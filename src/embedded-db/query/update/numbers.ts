// Update operators on numbers: $inc, $mul, $bit.

import { isDoc, keysOf, type Doc, type NumberValue, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { add, DOUBLE, intOrLong, multiply, numberKind } from '../numbers.ts';
import { isNumber, typeName } from '../types.ts';
import type { Operator, Where } from './leaf.ts';

function arithmetic(name: '$inc' | '$mul', verb: string, apply: typeof add): Operator {
  return (operand, path) => {
    if (!isNumber(operand)) {
      throw new QueryError(14, `Cannot ${verb} with non-numeric argument: {${path}: ${typeName(operand)}}`);
    }
    return {
      creates: true,
      compute: (current, where) => {
        if (current === undefined) return name === '$inc' ? operand : multiply(0, operand);
        if (!isNumber(current)) {
          throw new QueryError(
            14,
            `Cannot apply ${name} to a value of non-numeric type. ${subject(where)} has the field ` +
              `'${where.path.split('.').at(-1)!}' of non-numeric type ${typeName(current)}`,
          );
        }
        return checked(name, current, operand, apply(current, operand), where);
      },
    };
  };
}

// Whole numbers must not turn into doubles: that would lose digits silently.
function checked(
  name: string,
  a: NumberValue,
  b: NumberValue,
  result: NumberValue,
  where: Where,
): NumberValue {
  if (numberKind(result) === DOUBLE && numberKind(a) < DOUBLE && numberKind(b) < DOUBLE) {
    throw new QueryError(
      2,
      `Failed to apply ${name} operations to current value (${String(a)}) for document ${subject(where)}`,
    );
  }
  return result;
}

/** The document in a message: by its _id only. */
export function subject({ root }: { root: Doc }): string {
  const id = root['_id'];
  return `{_id: ${typeof id === 'object' && id !== null ? (isDoc(id) ? '…' : String(id)) : JSON.stringify(id, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}}`;
}

type Bits = (a: bigint, b: bigint) => bigint;
const BITS: Readonly<Record<string, Bits>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

const bit: Operator = (operand, path) => {
  if (!isDoc(operand) || keysOf(operand).length === 0) {
    throw new QueryError(
      2,
      `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const steps = keysOf(operand).map((name): [Bits, number | bigint] => {
    const bits = BITS[name];
    if (bits === undefined)
      throw new QueryError(
        2,
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${path}}`,
      );
    return [bits, wholeOperand(operand[name]!)];
  });
  return {
    creates: true,
    compute: (current, where) => {
      if (current !== undefined && !isWhole(current)) {
        throw new QueryError(
          2,
          `Cannot apply $bit to a value of non-integral type. ${subject(where)} has the field of non-integer type ${typeName(current)}`,
        );
      }
      let value: number | bigint = current ?? 0;
      for (const [bits, mask] of steps) {
        const result = bits(BigInt(value), BigInt(mask));
        value = typeof value === 'bigint' || typeof mask === 'bigint' ? result : intOrLong(result);
      }
      return value;
    },
  };
};

function isWhole(value: Value): value is number | bigint {
  const name = typeName(value);
  return name === 'int' || name === 'long';
}

function wholeOperand(value: Value): number | bigint {
  if (isWhole(value)) return value;
  throw new QueryError(
    2,
    `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(value)}' is not supported here`,
  );
}

export const numberOperators: Readonly<Record<string, Operator>> = {
  $inc: arithmetic('$inc', 'increment', add),
  $mul: arithmetic('$mul', 'multiply', multiply),
  $bit: bit,
};
