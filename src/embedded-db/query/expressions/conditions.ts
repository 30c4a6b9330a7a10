// Comparison, logic and choice: $eq … $cmp, $and, $or, $not, $cond, $ifNull, $literal.

import { isDoc, keysOf } from '../bson.ts';
import { compareValues } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { isNullish, isTruthy } from '../types.ts';
import { binary, compileArguments, type Expression, type Family, type Operator } from './compiler.ts';

const compared = (name: string, test: (order: number) => boolean): Operator =>
  binary(name, (left, right) => test(compareValues(left, right)));

const and: Operator = (operand, compiler) => {
  const list = compileArguments('$and', operand, compiler);
  return (root, vars) => list.every((each) => isTruthy(each(root, vars)));
};

const or: Operator = (operand, compiler) => {
  const list = compileArguments('$or', operand, compiler);
  return (root, vars) => list.some((each) => isTruthy(each(root, vars)));
};

const not: Operator = (operand, compiler) => {
  const [argument] = compileArguments('$not', operand, compiler, 1) as [Expression];
  return (root, vars) => !isTruthy(argument(root, vars));
};

const cond: Operator = (operand, compiler) => {
  let list: Expression[];
  if (isDoc(operand)) {
    for (const key of keysOf(operand)) {
      if (!['if', 'then', 'else'].includes(key)) {
        throw new QueryError(17083, `Unrecognized parameter to $cond: ${key}`);
      }
    }
    list = (['if', 'then', 'else'] as const).map((key, index) => {
      const value = operand[key];
      if (value === undefined) throw new QueryError(17080 + index, `Missing '${key}' parameter to $cond`);
      return compiler.compile(value);
    });
  } else list = compileArguments('$cond', operand, compiler, 3);
  const [test, yes, no] = list as [Expression, Expression, Expression];
  return (root, vars) => (isTruthy(test(root, vars)) ? yes(root, vars) : no(root, vars));
};

const ifNull: Operator = (operand, compiler) => {
  if (!Array.isArray(operand) || operand.length < 2) {
    throw new QueryError(1257300, '$ifNull needs at least two arguments');
  }
  const list = operand.map((each) => compiler.compile(each));
  const last = list.pop()!;
  return (root, vars) => {
    for (const expression of list) {
      const value = expression(root, vars);
      if (!isNullish(value)) return value;
    }
    return last(root, vars);
  };
};

export const conditions: Family = {
  $eq: compared('$eq', (order) => order === 0),
  $ne: compared('$ne', (order) => order !== 0),
  $gt: compared('$gt', (order) => order > 0),
  $gte: compared('$gte', (order) => order >= 0),
  $lt: compared('$lt', (order) => order < 0),
  $lte: compared('$lte', (order) => order <= 0),
  $cmp: binary('$cmp', compareValues),
  $and: and,
  $or: or,
  $not: not,
  $cond: cond,
  $ifNull: ifNull,
  $literal: (operand) => () => operand,
};
