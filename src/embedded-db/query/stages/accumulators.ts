// The accumulators of $group and $bucket.

import { docOf, isDoc, keysOf, newDoc, setField, type Doc, type Value } from '../bson.ts';
import { compareValues } from '../compare.ts';
import { QueryError, unsupported } from '../errors.ts';
import { compileExpression, variableNames, type Expression } from '../expressions.ts';
import { deviation } from '../expressions/accumulations.ts';
import { ValueMap } from '../identity.ts';
import { approximateSize } from '../memory.ts';
import { intOrLong } from '../numbers.ts';
import { Summation } from '../summation.ts';
import { isNullish, isNumber, typeName } from '../types.ts';
import { rankedAccumulator } from './ranked-accumulators.ts';

/** One group's state for one output field; `add` tells by how many bytes it grew. */
export interface Accumulator {
  add(value: Value | undefined): number;
  result(): Value | undefined;
}

/** An output field: what is evaluated for each document, and the state of a new group. */
export interface AccumulatedField {
  name: string;
  expression: Expression;
  create(): Accumulator;
}

function sum(): Accumulator {
  const summation = new Summation();
  return {
    add: (value) => {
      if (isNumber(value)) summation.add(value);
      return 0;
    },
    result: () => summation.total(),
  };
}

function average(): Accumulator {
  const summation = new Summation();
  let count = 0;
  return {
    add: (value) => {
      if (isNumber(value)) {
        summation.add(value);
        count += 1;
      }
      return 0;
    },
    result: () => (count === 0 ? null : summation.average(count)),
  };
}

const extreme = (sign: 1 | -1) => (): Accumulator => {
  let best: Value | undefined;
  return {
    add: (value) => {
      if (!isNullish(value) && (best === undefined || compareValues(value, best) * sign > 0)) best = value;
      return 0;
    },
    result: () => best,
  };
};

function first(): Accumulator {
  let seen = false;
  let kept: Value | undefined;
  return {
    add: (value) => {
      if (!seen) kept = value;
      seen = true;
      return 0;
    },
    result: () => kept,
  };
}

function last(): Accumulator {
  let kept: Value | undefined;
  return {
    add: (value) => {
      kept = value;
      return 0;
    },
    result: () => kept,
  };
}

function push(): Accumulator {
  const values: Value[] = [];
  return {
    add: (value) => {
      if (value === undefined) return 0;
      values.push(value);
      return approximateSize(value);
    },
    result: () => values,
  };
}

function addToSet(): Accumulator {
  const values: Value[] = [];
  const seen = new ValueMap<true>();
  return {
    add: (value) => {
      if (value === undefined || seen.get(value) !== undefined) return 0;
      seen.set(value, true);
      values.push(value);
      return approximateSize(value);
    },
    result: () => values,
  };
}

function counter(): Accumulator {
  let total = 0;
  return {
    add: () => {
      total += 1;
      return 0;
    },
    result: () => intOrLong(BigInt(total)),
  };
}

function mergeObjects(): Accumulator {
  const merged = newDoc();
  return {
    add: (value) => {
      if (isNullish(value)) return 0;
      if (!isDoc(value))
        throw new QueryError(
          40400,
          `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`,
        );
      for (const key of keysOf(value)) setField(merged, key, value[key]!);
      return approximateSize(value);
    },
    result: () => merged,
  };
}

const standardDeviation = (sample: boolean) => (): Accumulator => {
  const values: Value[] = [];
  return {
    add: (value) => {
      if (!isNumber(value)) return 0;
      values.push(value);
      return 8;
    },
    result: () => deviation(values, sample),
  };
};

const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum: sum,
  $avg: average,
  $min: extreme(-1),
  $max: extreme(1),
  $first: first,
  $last: last,
  $push: push,
  $addToSet: addToSet,
  $count: counter,
  $mergeObjects: mergeObjects,
  $stdDevPop: standardDeviation(false),
  $stdDevSamp: standardDeviation(true),
};

/** Compiles an output field of $group: `{ [name]: { $accumulator: expression } }`. */
export function compileAccumulator(name: string, operand: Value, vars: Doc): AccumulatedField {
  if (name.includes('.')) throw new QueryError(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$'))
    throw new QueryError(40236, `The field name '${name}' cannot be an operator name`);
  if (!isDoc(operand) || keysOf(operand).length === 0) {
    throw new QueryError(40234, `The field '${name}' must be an accumulator object`);
  }
  if (keysOf(operand).length > 1)
    throw new QueryError(40238, `The field '${name}' must specify one accumulator`);
  const operator = keysOf(operand)[0]!;
  const argument = operand[operator]!;
  const known = variableNames(vars);
  const ranked = rankedAccumulator(operator, argument, known);
  if (ranked !== undefined) return { name, ...ranked };
  const create = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined;
  if (create === undefined) {
    if (['$accumulator', '$median', '$percentile'].includes(operator))
      throw unsupported(`The accumulator ${operator}`);
    throw new QueryError(15952, `unknown group operator '${operator}'`);
  }
  return { name, create, expression: compileExpression(checkedArgument(operator, argument), known) };
}

function checkedArgument(operator: string, argument: Value): Value {
  if (operator === '$count' && (!isDoc(argument) || keysOf(argument).length > 0)) {
    throw new QueryError(14, '$count takes no arguments, i.e. $count:{}');
  }
  if (!Array.isArray(argument)) return argument;
  if (argument.length !== 1) throw new QueryError(40237, `The ${operator} accumulator is a unary operator`);
  return argument[0]!;
}

/** The output document of a group. */
export function groupDoc(
  id: Value,
  fields: readonly AccumulatedField[],
  states: readonly Accumulator[],
): Doc {
  const doc = docOf([['_id', id]]);
  fields.forEach(({ name }, index) => {
    setField(doc, name, states[index]!.result() ?? null);
  });
  return doc;
}
