// Expressions evaluated for each element of an array: $map, $filter, $reduce.

import type { Doc, Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { isNullish, typeName, wholeNumber } from '../types.ts';
import { extendVariables, namedOperands, type Expression, type Family, type Operator } from './compiler.ts';
import { truth } from './truth.ts';

function variableName(doc: Doc, key: string): string {
  const name = doc[key] ?? 'this';
  if (typeof name !== 'string' || name === '')
    throw new QueryError(16866, 'empty variable names are not allowed');
  return name;
}

function arrayOrNull(name: string, code: number, value: Value | undefined): Value[] | null {
  if (isNullish(value)) return null;
  if (!Array.isArray(value))
    throw new QueryError(code, `input to ${name} must be an array not ${typeName(value)}`);
  return value;
}

const map: Operator = (operand, compiler) => {
  const doc = namedOperands('$map', operand, ['input', 'in'], ['as'], 16879);
  const as = variableName(doc, 'as');
  const input = compiler.compile(doc['input']!);
  const body = compiler.withVariables([as]).compile(doc['in']!);
  return (root, vars) => {
    const array = arrayOrNull('$map', 16883, input(root, vars));
    if (array === null) return null;
    const inner = extendVariables(vars);
    return array.map((element) => {
      inner[as] = element;
      return body(root, inner as Doc) ?? null;
    });
  };
};

const filter: Operator = (operand, compiler) => {
  const doc = namedOperands('$filter', operand, ['input', 'cond'], ['as', 'limit'], 28647);
  const as = variableName(doc, 'as');
  const input = compiler.compile(doc['input']!);
  const test = compiler.withVariables([as]).compile(doc['cond']!);
  const limit = doc['limit'] === undefined ? undefined : compiler.compile(doc['limit']);
  return (root, vars) => {
    const array = arrayOrNull('$filter', 28651, input(root, vars));
    if (array === null) return null;
    const most = limit === undefined ? Infinity : limitOf(limit, root, vars);
    const inner = extendVariables(vars);
    const kept: Value[] = [];
    for (const element of array) {
      if (kept.length >= most) break;
      inner[as] = element;
      if (truth(test(root, inner as Doc))) kept.push(element);
    }
    return kept;
  };
};

function limitOf(limit: Expression, root: Doc, vars: Doc): number {
  const value = limit(root, vars);
  if (isNullish(value)) return Infinity;
  const most = wholeNumber(value);
  if (most === undefined)
    throw new QueryError(327391, '$filter: limit must be represented as a 32-bit integral value');
  if (most < 1) throw new QueryError(327392, '$filter: limit must be greater than 0');
  return most;
}

const reduce: Operator = (operand, compiler) => {
  const doc = namedOperands('$reduce', operand, ['input', 'initialValue', 'in'], [], 40076);
  const input = compiler.compile(doc['input']!);
  const initial = compiler.compile(doc['initialValue']!);
  const body = compiler.withVariables(['this', 'value']).compile(doc['in']!);
  return (root, vars) => {
    const array = arrayOrNull('$reduce', 40080, input(root, vars));
    if (array === null) return null;
    const inner = extendVariables(vars);
    let value = initial(root, vars);
    for (const element of array) {
      inner['this'] = element;
      inner['value'] = value;
      value = body(root, inner as Doc);
    }
    return value;
  };
};

export const iterations: Family = { $map: map, $filter: filter, $reduce: reduce };
