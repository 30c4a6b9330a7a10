// $group and its accumulators: $sum, $avg, $min, $max, $first, $push.

import { docOf, isDoc, keysOf, setField, type Doc, type Value } from '../bson.ts';
import { encodeValue } from '../../keys/encode.ts';
import { compareValues } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { compileExpression, type Expression } from '../expressions.ts';
import { approximateSize, MemoryBudget } from '../memory.ts';
import { notHere } from '../not-here.ts';
import { Summation } from '../numbers.ts';
import { isNullish, isNumber } from '../types.ts';
import type { StageCompiler } from './stage.ts';

/** One group's state for one output field; `add` may tell by how many bytes it grew. */
interface Accumulator {
  add(value: Value | undefined): number | void;
  result(): Value | undefined;
}

/** An output field: what is evaluated for each document, and the state of a new group. */
interface AccumulatedField {
  name: string;
  expression: Expression;
  create(): Accumulator;
}

const summed = (result: (summation: Summation) => Value) => (): Accumulator => {
  const summation = new Summation();
  return {
    add: (value) => {
      if (isNumber(value)) summation.add(value);
    },
    result: () => result(summation),
  };
};

const extreme = (sign: 1 | -1) => (): Accumulator => {
  let best: Value | undefined;
  return {
    add: (value) => {
      if (!isNullish(value) && (best === undefined || compareValues(value, best) * sign > 0)) best = value;
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
    },
    result: () => kept,
  };
}

function push(): Accumulator {
  const values: Value[] = [];
  return {
    add: (value) => {
      if (value === undefined) return;
      values.push(value);
      return approximateSize(value);
    },
    result: () => values,
  };
}

const ACCUMULATORS = new Map<string, () => Accumulator>([
  ['$sum', summed((summation) => summation.total())],
  ['$avg', summed((summation) => summation.average())],
  ['$min', extreme(-1)],
  ['$max', extreme(1)],
  ['$first', first],
  ['$push', push],
]);

// An output field, `{ [name]: { $accumulator: expression } }`.
function compileField(name: string, operand: Value, vars: Doc): AccumulatedField {
  if (name.includes('.')) throw new QueryError(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$'))
    throw new QueryError(40236, `The field name '${name}' cannot be an operator name`);
  const [operator, ...others] = isDoc(operand) ? keysOf(operand) : [];
  if (operator === undefined)
    throw new QueryError(40234, `The field '${name}' must be an accumulator object`);
  if (others.length > 0) throw new QueryError(40238, `The field '${name}' must specify one accumulator`);
  const create = ACCUMULATORS.get(operator);
  if (create === undefined)
    throw notHere('accumulator', operator) ?? new QueryError(15952, `unknown group operator '${operator}'`);
  let argument = (operand as Doc)[operator]!;
  if (Array.isArray(argument)) {
    if (argument.length !== 1) throw new QueryError(40237, `The ${operator} accumulator is a unary operator`);
    argument = argument[0]!;
  }
  return { name, create, expression: compileExpression(argument, vars) };
}

interface Group {
  id: Value;
  states: Accumulator[];
}

/** Groups by an expression; groups come out in the order of their first document. */
export const group: StageCompiler = (operand, { vars, context }) => {
  if (!isDoc(operand)) throw new QueryError(15947, `a group's fields must be specified in an object`);
  if (operand['_id'] === undefined) throw new QueryError(15955, 'a group specification must include an _id');
  const id = compileExpression(operand['_id'], vars);
  const fields = keysOf(operand)
    .filter((key) => key !== '_id')
    .map((key) => compileField(key, operand[key]!, vars));
  return function* (source) {
    const groups: Group[] = [];
    const byId = new Map<string, Group>();
    const budget = new MemoryBudget('$group', context.memory);
    try {
      for (const doc of source) {
        const key = id(doc, vars) ?? null;
        // Equal values (1, 1.0 and NumberLong(1)) have the same key bytes, which never begin with an s.
        const identity = typeof key === 'string' ? `s${key}` : encodeValue(key).toString('latin1');
        let found = byId.get(identity);
        if (found === undefined) {
          found = { id: key, states: fields.map((field) => field.create()) };
          groups.push(found);
          byId.set(identity, found);
          budget.take(approximateSize(key) + 64 * (fields.length + 1));
        }
        for (let index = 0; index < fields.length; index += 1) {
          const grown = found.states[index]!.add(fields[index]!.expression(doc, vars));
          if (grown !== undefined) budget.take(grown);
        }
      }
      for (const { id: value, states } of groups) {
        const doc = docOf([['_id', value]]);
        for (const [index, { name }] of fields.entries())
          setField(doc, name, states[index]!.result() ?? null);
        yield doc;
      }
    } finally {
      budget.end();
    }
  };
};
