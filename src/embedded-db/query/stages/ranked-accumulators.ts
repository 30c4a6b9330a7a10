// Accumulators that keep several values or the document at one end of an order: $firstN … $minN, $top, $bottom, $topN, $bottomN.

import { isDoc, type Value } from '../bson.ts';
import { compareValues } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { compileExpression, type Expression } from '../expressions.ts';
import { namedOperands } from '../expressions/compiler.ts';
import { approximateSize } from '../memory.ts';
import { compileKeyOrder, compileSortKey } from '../sort.ts';
import { isNullish, wholeNumber } from '../types.ts';
import type { AccumulatedField, Accumulator } from './accumulators.ts';

type Ranked = Pick<AccumulatedField, 'expression' | 'create'>;

/** The accumulator of this name, or undefined for others. */
export function rankedAccumulator(
  name: string,
  operand: Value,
  known: ReadonlySet<string>,
): Ranked | undefined {
  switch (name) {
    case '$firstN':
    case '$lastN':
    case '$minN':
    case '$maxN':
      return several(name, operand, known);
    case '$top':
    case '$topN':
    case '$bottom':
    case '$bottomN':
      return extremes(name, operand, known);
    default:
      return undefined;
  }
}

function countOf(name: string, operand: Value): number {
  const count = wholeNumber(operand);
  if (count === undefined) throw new QueryError(5787902, `Value for 'n' of ${name} must be a whole number`);
  if (count <= 0) throw new QueryError(5787908, `'n' must be greater than 0, found ${String(count)}`);
  return count;
}

function several(
  name: '$firstN' | '$lastN' | '$minN' | '$maxN',
  operand: Value,
  known: ReadonlySet<string>,
): Ranked {
  const doc = namedOperands(name, operand, ['input', 'n'], [], 5787900);
  const count = countOf(name, doc['n']!);
  const finish = {
    $firstN: (values: Value[]) => values.slice(0, count),
    $lastN: (values: Value[]) => values.slice(-count),
    $minN: (values: Value[]) =>
      values
        .filter((value) => !isNullish(value))
        .sort(compareValues)
        .slice(0, count),
    $maxN: (values: Value[]) =>
      values
        .filter((value) => !isNullish(value))
        .sort((a, b) => compareValues(b, a))
        .slice(0, count),
  }[name];
  return { expression: compileExpression(doc['input']!, known), create: () => collecting(finish) };
}

function collecting(finish: (values: Value[]) => Value): Accumulator {
  const values: Value[] = [];
  return {
    add: (value) => {
      values.push(value ?? null);
      return approximateSize(value);
    },
    result: () => finish(values),
  };
}

function extremes(
  name: '$top' | '$topN' | '$bottom' | '$bottomN',
  operand: Value,
  known: ReadonlySet<string>,
): Ranked {
  const single = name === '$top' || name === '$bottom';
  const doc = namedOperands(
    name,
    operand,
    single ? ['sortBy', 'output'] : ['sortBy', 'output', 'n'],
    [],
    5788000,
  );
  const sortBy = doc['sortBy']!;
  if (!isDoc(sortBy)) throw new QueryError(10065, 'invalid parameter: expected an object (sortBy)');
  const count = single ? 1 : countOf(name, doc['n']!);
  const output = compileExpression(doc['output']!, known);
  const keyOf = compileSortKey(sortBy);
  const compareKeys = compileKeyOrder(sortBy);
  // The pair of key and output travels as one array value through `add`.
  const expression: Expression = (root, vars) => [keyOf(root), output(root, vars) ?? null];
  const finish = (pairs: Value[]): Value => {
    const sorted = (pairs as [Value[], Value][]).toSorted(([a], [b]) => compareKeys(a, b));
    const kept = name.startsWith('$top') ? sorted.slice(0, count) : sorted.slice(-count);
    const values = kept.map(([, value]) => value);
    return single ? (values[0] ?? null) : values;
  };
  return { expression, create: () => collecting(finish) };
}
