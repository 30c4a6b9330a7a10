// $bucket.

import { isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { compareValues, typeRank } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { compileExpression, variableNames, type Expression } from '../expressions.ts';
import { compileAccumulator } from './accumulators.ts';
import { grouping } from './group.ts';
import { sort } from './limits.ts';
import type { StageCompiler } from './stage.ts';

export const bucket: StageCompiler = (operand, { vars, context }) => {
  if (!isDoc(operand)) throw new QueryError(40201, 'Argument to $bucket stage must be an object');
  const unknown = keysOf(operand).find(
    (key) => !['groupBy', 'boundaries', 'default', 'output'].includes(key),
  );
  if (unknown !== undefined) throw new QueryError(40197, `Unrecognized option to $bucket: ${unknown}.`);
  const { groupBy } = operand;
  const output: Value = operand['output'] ?? { count: { $sum: 1 } };
  if (groupBy === undefined || operand['boundaries'] === undefined) {
    throw new QueryError(40198, `$bucket requires 'groupBy' and 'boundaries' to be specified.`);
  }
  if (!(typeof groupBy === 'string' && groupBy.startsWith('$')) && !isDoc(groupBy)) {
    throw new QueryError(
      40202,
      `The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression`,
    );
  }
  if (!isDoc(output)) throw new QueryError(40196, `The $bucket 'output' field must be an object`);
  const boundaries = boundariesOf(operand, vars);
  const fallback = defaultOf(operand, boundaries, vars);
  const value = compileExpression(groupBy, variableNames(vars));
  const id: Expression = (root, scope) => bucketOf(value(root, scope), boundaries, fallback);
  const fields = keysOf(output).map((key) => compileAccumulator(key, output[key]!, vars));
  const grouped = grouping(id, fields, vars, context.memoryLimit);
  const sorted = sort({ _id: 1 }, context.memoryLimit);
  return (source) => sorted(grouped(source));
};

function bucketOf(value: Value | undefined, boundaries: Value[], fallback: Value | undefined): Value {
  if (compareValues(value, boundaries[0]) >= 0 && compareValues(value, boundaries.at(-1)) < 0) {
    return boundaries.findLast((lower) => compareValues(lower, value) <= 0)!;
  }
  if (fallback !== undefined) return fallback;
  throw new QueryError(
    40066,
    '$switch could not find a matching branch for an input, and no default was specified.',
  );
}

function boundariesOf(operand: Doc, vars: Doc): Value[] {
  const listed = operand['boundaries'];
  if (!Array.isArray(listed))
    throw new QueryError(40200, `The $bucket 'boundaries' field must be an array of values`);
  if (listed.length < 2)
    throw new QueryError(40192, `The $bucket 'boundaries' field must have at least 2 values`);
  const boundaries = listed.map((each) => compileExpression(each, variableNames(vars))({}, vars) ?? null);
  boundaries.slice(1).forEach((upper, index) => {
    const lower = boundaries[index]!;
    if (typeRank(lower) !== typeRank(upper)) {
      throw new QueryError(
        40193,
        `All values in the 'boundaries' option to $bucket must have the same type.`,
      );
    }
    if (compareValues(lower, upper) >= 0) {
      throw new QueryError(
        40194,
        `The 'boundaries' option to $bucket must be sorted, but elements ${String(index)} and ${String(index + 1)} are not in ascending order`,
      );
    }
  });
  return boundaries;
}

function defaultOf(operand: Doc, boundaries: Value[], vars: Doc): Value | undefined {
  if (operand['default'] === undefined) return undefined;
  const value = compileExpression(operand['default'], variableNames(vars))({}, vars) ?? null;
  if (compareValues(value, boundaries[0]) >= 0 && compareValues(value, boundaries.at(-1)) < 0) {
    throw new QueryError(
      40199,
      `The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.`,
    );
  }
  return value;
}
