// Comparison, logic and choice: $eq … $cmp, $and, $or, $not, $cond, $ifNull, $switch, $let, $literal.

import { isDoc, keysOf, type Value } from '../bson.ts';
import { compareValues } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { isNullish } from '../types.ts';
import { binary, compileArguments, extendVariables, namedOperands, unary } from './compiler.ts';
import type { Expression, Family, Operator } from './compiler.ts';
import { truth } from './truth.ts';

const compared = (name: string, test: (order: number) => boolean): Operator =>
  binary(name, (left, right) => test(compareValues(left, right)));

const and: Operator = (operand, compiler) => {
  const list = compileArguments('$and', operand, compiler, 0, Infinity);
  return (root, vars) => list.every((each) => truth(each(root, vars)));
};

const or: Operator = (operand, compiler) => {
  const list = compileArguments('$or', operand, compiler, 0, Infinity);
  return (root, vars) => list.some((each) => truth(each(root, vars)));
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
  return (root, vars) => (truth(test(root, vars)) ? yes(root, vars) : no(root, vars));
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

const choose: Operator = (operand, compiler) => {
  const doc = namedOperands('$switch', operand, [], ['branches', 'default'], 40067);
  const branches = doc['branches'];
  if (!Array.isArray(branches)) throw new QueryError(40061, "$switch expected an array for 'branches'");
  if (branches.length === 0) throw new QueryError(40068, '$switch requires at least one branch.');
  const compiled = branches.map((branch: Value) => {
    if (!isDoc(branch)) throw new QueryError(40062, '$switch expected each branch to be an object');
    const unknown = keysOf(branch).find((key) => key !== 'case' && key !== 'then');
    if (unknown !== undefined)
      throw new QueryError(40063, `$switch found an unknown argument to a branch: ${unknown}`);
    const { case: test, then } = branch;
    if (test === undefined)
      throw new QueryError(40064, `$switch requires each branch have a 'case' expression`);
    if (then === undefined)
      throw new QueryError(40065, `$switch requires each branch have a 'then' expression`);
    return [compiler.compile(test), compiler.compile(then)] as const;
  });
  const otherwise = doc['default'] === undefined ? undefined : compiler.compile(doc['default']);
  return (root, vars) => {
    for (const [test, then] of compiled) if (truth(test(root, vars))) return then(root, vars);
    if (otherwise === undefined) {
      throw new QueryError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    }
    return otherwise(root, vars);
  };
};

const bind: Operator = (operand, compiler) => {
  const doc = namedOperands('$let', operand, ['vars', 'in'], [], 16875);
  const bound = doc['vars'];
  if (!isDoc(bound)) throw new QueryError(10065, 'invalid parameter: expected an object (vars)');
  const names = keysOf(bound);
  const values = names.map((name) => compiler.compile(bound[name]!));
  const body = compiler.withVariables(names).compile(doc['in']!);
  return (root, vars) => {
    const inner = extendVariables(vars);
    for (let index = 0; index < names.length; index += 1) {
      inner[names[index]!] = values[index]!(root, vars);
    }
    return body(root, inner as typeof vars);
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
  $not: unary('$not', (value) => !truth(value)),
  $cond: cond,
  $ifNull: ifNull,
  $switch: choose,
  $let: bind,
  $literal: (operand) => () => operand,
  $const: (operand) => () => operand,
};
