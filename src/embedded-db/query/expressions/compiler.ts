// What the operator families share: their signature, and the checks of how many and which arguments.

import { isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';

/** An expression's value for a document; `undefined` is a missing field. */
export type Expression = (root: Doc, vars: Doc) => Value | undefined;

/** Compiles the arguments of an operator. */
export interface Compiler {
  compile(value: Value): Expression;
  /** A compiler in which this variable exists too; 9 for a name that does not begin with a lower-case letter. */
  withVariable(name: string): Compiler;
}

/** One operator: its operand becomes an expression. */
export type Operator = (operand: Value, compiler: Compiler) => Expression;

/** A family of operators by name. */
export type Family = Readonly<Record<string, Operator>>;

/** An evaluated argument. */
export type Argument = Value | undefined;

/** The compiled arguments of `name`, of which there must be `count` where that is given. */
export function compileArguments(
  name: string,
  operand: Value,
  compiler: Compiler,
  count?: number,
): Expression[] {
  const operands = Array.isArray(operand) ? operand : [operand];
  if (count !== undefined && operands.length !== count) {
    throw new QueryError(
      16020,
      `Expression ${name} takes exactly ${String(count)} arguments. ${String(operands.length)} were passed in.`,
    );
  }
  return operands.map((each) => compiler.compile(each));
}

/** An operator with two arguments. */
export function binary(name: string, apply: (left: Argument, right: Argument) => Argument): Operator {
  return (operand, compiler) => {
    const [left, right] = compileArguments(name, operand, compiler, 2) as [Expression, Expression];
    return (root, vars) => apply(left(root, vars), right(root, vars));
  };
}

/** An operator with any number of arguments. */
export function variadic(name: string, apply: (values: Argument[]) => Argument): Operator {
  return (operand, compiler) => {
    const list = compileArguments(name, operand, compiler);
    return (root, vars) => apply(list.map((argument) => argument(root, vars)));
  };
}

/** The named arguments of an operator: the codes of their refusals, and `missing` in the order in which they are looked for. */
export interface Named {
  readonly notObject: number;
  readonly unknown: number;
  readonly missing: Readonly<Record<string, number>>;
  readonly optional?: readonly string[];
}

/** The operand as a document with all required argument names and no unknown ones. */
export function namedOperands(
  name: string,
  operand: Value,
  { notObject, unknown, missing, optional = [] }: Named,
): Doc {
  if (!isDoc(operand)) throw new QueryError(notObject, `${name} only supports an object as its argument`);
  const other = keysOf(operand).find((key) => !Object.hasOwn(missing, key) && !optional.includes(key));
  if (other !== undefined) throw new QueryError(unknown, `Unrecognized parameter to ${name}: ${other}`);
  for (const [key, code] of Object.entries(missing))
    if (operand[key] === undefined) throw new QueryError(code, `Missing '${key}' parameter to ${name}`);
  return operand;
}

/** Variables that add to others without copying them. */
export function extendVariables(vars: Doc): Doc {
  return Object.create(vars) as Doc;
}
