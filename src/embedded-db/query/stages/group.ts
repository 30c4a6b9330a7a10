// $group and $sortByCount.

import { isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { compileExpression, variableNames, type Expression } from '../expressions.ts';
import { ValueMap } from '../identity.ts';
import { approximateSize, MemoryBudget } from '../memory.ts';
import { typeName } from '../types.ts';
import { compileAccumulator, groupDoc, type AccumulatedField, type Accumulator } from './accumulators.ts';
import { sort } from './limits.ts';
import type { Stage, StageCompiler } from './stage.ts';

interface Group {
  id: Value;
  states: Accumulator[];
}

/** Groups by an expression; groups come out in the order of their first document. */
export function grouping(
  id: Expression,
  fields: readonly AccumulatedField[],
  vars: Doc,
  memoryLimit: number | undefined,
): Stage {
  return function* (source) {
    const groups: Group[] = [];
    const byId = new ValueMap<Group>();
    const budget = new MemoryBudget('$group', memoryLimit);
    for (const doc of source) {
      const key = id(doc, vars) ?? null;
      let group = byId.get(key);
      if (group === undefined) {
        group = { id: key, states: fields.map((field) => field.create()) };
        groups.push(group);
        byId.set(key, group);
        budget.take(approximateSize(key) + 64 * (fields.length + 1));
      }
      for (let index = 0; index < fields.length; index += 1) {
        const grown = group.states[index]!.add(fields[index]!.expression(doc, vars));
        if (grown > 0) budget.take(grown);
      }
    }
    for (const { id: value, states } of groups) yield groupDoc(value, fields, states);
  };
}

export const group: StageCompiler = (operand, { vars, context }) => {
  if (!isDoc(operand)) throw new QueryError(15947, `a group's fields must be specified in an object`);
  if (operand['_id'] === undefined) throw new QueryError(15955, 'a group specification must include an _id');
  const id = compileExpression(operand['_id'], variableNames(vars));
  const fields = keysOf(operand)
    .filter((key) => key !== '_id')
    .map((key) => compileAccumulator(key, operand[key]!, vars));
  return grouping(id, fields, vars, context.memoryLimit);
};

export const sortByCount: StageCompiler = (operand, { vars, context }) => {
  const path = typeof operand === 'string' && operand.startsWith('$');
  if (!path && !(isDoc(operand) && keysOf(operand)[0]?.startsWith('$') === true)) {
    const isText = typeof operand === 'string';
    throw new QueryError(
      isText ? 40148 : isDoc(operand) ? 40147 : 40149,
      `the sortByCount field must be a $-prefixed path or an expression in an object, not ${typeName(operand)}`,
    );
  }
  const counted = grouping(
    compileExpression(operand, variableNames(vars)),
    [compileAccumulator('count', { $sum: 1 }, vars)],
    vars,
    context.memoryLimit,
  );
  const sorted = sort({ count: -1 }, context.memoryLimit);
  return (source) => sorted(counted(source));
};
