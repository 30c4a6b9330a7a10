// Comparison, logic and choice: $eq … $cmp, $and, $or, $not, $cond, $ifNull, $literal.

import { isDoc } from '../bson.ts';
import { compareValues } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { isNullish, isTruthy } from '../types.ts';
import { binary, compileArguments, namedOperands } from './compiler.ts';
import type { Expression, Family, Operator } from './compiler.ts';

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

const COND = { notObject: 17080, unknown: 17083, missing: { if: 17080, then: 17081, else: 17082 } };

const cond: Operator = (operand, compiler) => {
  const named = isDoc(operand) ? namedOperands('$cond', operand, COND) : undefined;
  const operands = named ? [named['if']!, named['then']!, named['else']!] : operand;
  const list = compileArguments('$cond', operands, compiler, 3) as [Expression, Expression, Expression];
  return (root, vars) => list[isTruthy(list[0](root, vars)) ? 1 : 2](root, vars);
};

const ifNull: Operator = (operand, compiler) => {
  if (!Array.isArray(operand) || operand.length < 2)
    throw new QueryError(1257300, '$ifNull needs at least two arguments');
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
