// What the operator families share: their signature, and the checks of how many and which arguments.

import { isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';

/** An expression's value for a document; `undefined` is a missing field. */
export type Expression = (root: Doc, vars: Doc) => Value | undefined;

/** Compiles the arguments of an operator. */
export interface Compiler {
  compile(value: Value): Expression;
  /** A compiler in which these variables exist too; 16867 for names that do not begin with a lower-case letter. */
  withVariables(names: readonly string[]): Compiler;
}

/** One operator: its operand becomes an expression. */
export type Operator = (operand: Value, compiler: Compiler) => Expression;

/** A family of operators by name. */
export type Family = Readonly<Record<string, Operator>>;

/** An evaluated argument. */
export type Argument = Value | undefined;

/** The compiled arguments of `name`, whose number must lie between `min` and `max`. */
export function compileArguments(
  name: string,
  operand: Value,
  compiler: Compiler,
  min: number,
  max = min,
): Expression[] {
  const operands = Array.isArray(operand) ? operand : [operand];
  const count = operands.length;
  if (count < min || count > max) {
    const passed = `${String(count)} were passed in.`;
    if (min === max) {
      throw new QueryError(16020, `Expression ${name} takes exactly ${String(min)} arguments. ${passed}`);
    }
    throw new QueryError(
      28667,
      `Expression ${name} takes at least ${String(min)} arguments, and at most ${String(max)}, but ${passed}`,
    );
  }
  return operands.map((each) => compiler.compile(each));
}

/** An operator with one argument. */
export function unary(name: string, apply: (value: Argument) => Argument): Operator {
  return (operand, compiler) => {
    const [argument] = compileArguments(name, operand, compiler, 1) as [Expression];
    return (root, vars) => apply(argument(root, vars));
  };
}

/** An operator with two arguments. */
export function binary(name: string, apply: (left: Argument, right: Argument) => Argument): Operator {
  return (operand, compiler) => {
    const [left, right] = compileArguments(name, operand, compiler, 2) as [Expression, Expression];
    return (root, vars) => apply(left(root, vars), right(root, vars));
  };
}

/** An operator with between `min` and `max` arguments, given as a list. */
export function variadic(
  name: string,
  min: number,
  max: number,
  apply: (values: Argument[]) => Argument,
): Operator {
  return (operand, compiler) => {
    const list = compileArguments(name, operand, compiler, min, max);
    return (root, vars) => apply(list.map((argument) => argument(root, vars)));
  };
}

/** The operand as a document with only known and all required argument names; `code` is the refusal's. */
export function namedOperands(
  name: string,
  operand: Value,
  required: readonly string[],
  optional: readonly string[],
  code = 9,
): Doc {
  if (!isDoc(operand)) throw new QueryError(code, `${name} requires an object as an argument`);
  for (const key of keysOf(operand)) {
    if (!required.includes(key) && !optional.includes(key)) {
      throw new QueryError(code, `Unrecognized argument to ${name}: ${key}`);
    }
  }
  for (const key of required) {
    if (operand[key] === undefined) throw new QueryError(code, `Missing '${key}' parameter to ${name}`);
  }
  return operand;
}

/** An operator with named arguments, evaluated and handed over as a document (missing ones are absent). */
export function named(
  name: string,
  required: readonly string[],
  optional: readonly string[],
  apply: (values: Record<string, Argument>) => Argument,
  code = 9,
): Operator {
  return (operand, compiler) => {
    const doc = namedOperands(name, operand, required, optional, code);
    const list = keysOf(doc).map((key) => [key, compiler.compile(doc[key]!)] as const);
    return (root, vars) => {
      const values: Record<string, Argument> = {};
      for (const [key, expression] of list) values[key] = expression(root, vars);
      return apply(values);
    };
  };
}

/** A document of variables that adds to another without copying it. */
export function extendVariables(vars: Doc): Record<string, Argument> {
  return Object.create(vars) as Record<string, Argument>;
}

/** The names of all variables in `vars`, those it inherits included. */
export function variableNames(vars: Doc): ReadonlySet<string> {
  const names = new Set<string>();
  for (const name in vars) names.add(name);
  return names;
}
