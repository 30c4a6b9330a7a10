// Aggregation expressions, compiled once into a function of the document and its variables.

import { isDoc, keysOf, newDoc, setField, type Doc, type Value } from './bson.ts';
import { QueryError, unsupported } from './errors.ts';
import { arithmetic } from './expressions/arithmetic.ts';
import { arrays } from './expressions/arrays.ts';
import { extendVariables, type Compiler, type Expression, type Family } from './expressions/compiler.ts';
import { conditions } from './expressions/conditions.ts';
import { objects } from './expressions/objects.ts';
import { isNotHere, notHere } from './not-here.ts';
import { fieldPath } from './paths.ts';

export type { Expression } from './expressions/compiler.ts';
export { extendVariables } from './expressions/compiler.ts';

const OPERATORS: Family = Object.assign(
  Object.create(null) as object,
  arithmetic,
  arrays,
  conditions,
  objects,
);

/** True for the name of an expression operator, refused ones included. */
export function isExpressionName(name: string): boolean {
  return OPERATORS[name] !== undefined || isNotHere('expression', name);
}

/**
 * Compiles an expression; `vars` holds the names of the variables that will be given beside the system's (`NOW` in it is
 * `$$NOW`). Throws QueryError for a malformed expression and refuses what is not exact.
 */
export function compileExpression(expression: Value, vars: Doc = {}): Expression {
  return compilerFor(vars).compile(expression);
}

function compilerFor(vars: Doc): Compiler {
  const compiler: Compiler = {
    compile: (value) => compileValue(value, vars, compiler),
    withVariable: (name) => {
      if (name === 'CURRENT') throw unsupported('Binding $$CURRENT');
      if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name))
        throw new QueryError(9, `'${name}' starts with an invalid character for a user variable name`);
      const inner = extendVariables(vars);
      inner[name] = null;
      return compilerFor(inner);
    },
  };
  return compiler;
}

function compileValue(value: Value, vars: Doc, compiler: Compiler): Expression {
  if (typeof value === 'string' && value.startsWith('$')) {
    return value.startsWith('$$') ? compileVariable(value.slice(2), vars) : compileFieldPath(value.slice(1));
  }
  if (Array.isArray(value)) return compileArray(value, compiler);
  if (isDoc(value)) return compileDoc(value, compiler);
  return () => value;
}

function compileArray(values: Value[], compiler: Compiler): Expression {
  const elements = values.map((each) => compiler.compile(each));
  return (root, vars) => elements.map((element) => element(root, vars) ?? null);
}

function compileDoc(value: Doc, compiler: Compiler): Expression {
  const keys = keysOf(value);
  const name = keys[0];
  if (name !== undefined && name.startsWith('$')) {
    if (keys.length > 1) {
      throw new QueryError(15983, 'An object representing an expression must have exactly one field');
    }
    return compileOperator(name, value[name]!, compiler);
  }
  const fields = keys.map((key) => {
    if (key.includes('.')) throw new QueryError(16412, `FieldPath field names may not contain '.'.`);
    if (key.startsWith('$')) throw new QueryError(16410, `FieldPath field names may not start with '$'.`);
    return [key, compiler.compile(value[key]!)] as const;
  });
  return (root, vars) => {
    const result = newDoc();
    for (const [key, expression] of fields) {
      const field = expression(root, vars);
      if (field !== undefined) setField(result, key, field);
    }
    return result;
  };
}

function compileOperator(name: string, operand: Value, compiler: Compiler): Expression {
  const operator = OPERATORS[name];
  if (operator !== undefined) return operator(operand, compiler);
  throw notHere('expression', name) ?? new QueryError(168, `Unrecognized expression '${name}'`);
}

// Through arrays of documents, never by index.
function compileFieldPath(path: string): Expression {
  if (path === '') throw new QueryError(16872, "'$' by itself is not a valid FieldPath");
  const parts = fieldPath(path);
  const first = parts[0]!;
  if (parts.length === 1) return (root) => root[first];
  return (root) => readParts(root, parts, 0);
}

function readParts(doc: Doc, parts: readonly string[], from: number): Value | undefined {
  let value: Value | undefined = doc;
  for (let depth = from; depth < parts.length; depth += 1) {
    if (Array.isArray(value)) return readFromElements(value, parts, depth);
    if (!isDoc(value)) return undefined;
    value = value[parts[depth]!];
  }
  return value;
}

function readFromElements(array: Value[], parts: readonly string[], depth: number): Value[] {
  const found: Value[] = [];
  for (const element of array) {
    if (!isDoc(element)) continue;
    const value = readParts(element, parts, depth);
    if (value !== undefined) found.push(value);
  }
  return found;
}

function compileVariable(text: string, vars: Doc): Expression {
  const dot = text.indexOf('.');
  const name = dot < 0 ? text : text.slice(0, dot);
  const parts = dot < 0 ? [] : fieldPath(text).slice(1);
  const read = variableReader(name, vars);
  if (parts.length === 0) return read;
  return (root, vars) => {
    const value = read(root, vars);
    if (Array.isArray(value)) return readFromElements(value, parts, 0);
    return isDoc(value) ? readParts(value, parts, 0) : undefined;
  };
}

function variableReader(name: string, known: Doc): Expression {
  for (const each in known) if (each === name) return (_root, vars) => vars[name];
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      return (root) => root;
    case 'REMOVE':
      return () => undefined;
    case 'NOW': {
      const now = new Date();
      return (_root, vars) => vars['NOW'] ?? now;
    }
    case 'CLUSTER_TIME':
    case 'SEARCH_META':
    case 'USER_ROLES':
    case 'DESCEND':
    case 'PRUNE':
    case 'KEEP':
      throw unsupported(`The variable $$${name}`);
    default:
      throw new QueryError(17276, `Use of undefined variable: ${name}`);
  }
}
