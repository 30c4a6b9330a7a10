// What a pipeline's first $match lets the collection look up by index: a filter that every match satisfies.

import { docOf, isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { compileExpression } from '../expressions.ts';
import { isNullish } from '../types.ts';

/** The filter for given variables; the pipeline still checks everything itself. */
export function compileVariableFilter(pipeline: readonly Value[]): (vars: Doc) => Doc {
  const [first] = pipeline;
  const match = isDoc(first) ? first['$match'] : undefined;
  if (!isDoc(match)) return () => ({});
  const plain = docOf(
    keysOf(match)
      .filter((key) => key !== '$expr')
      .map((key) => [key, match[key]!]),
  );
  if (keysOf(plain).some((key) => key.startsWith('$'))) return () => ({});
  const equalities = equalitiesOf(match['$expr']);
  return (vars) => {
    const clauses = equalities.flatMap(([path, operand]) => {
      const value = compileExpression(operand, vars)({}, vars);
      // Null, arrays and patterns mean something else to a filter than to an expression.
      return isNullish(value) || Array.isArray(value) ? [] : [docOf([[path, { $eq: value }]])];
    });
    return clauses.length === 0 ? plain : { $and: [plain, ...clauses] };
  };
}

function equalitiesOf(expression: Value | undefined): [string, string][] {
  if (!isDoc(expression)) return [];
  const { $and: all, $eq: equal } = expression;
  if (Array.isArray(all)) return all.flatMap(equalitiesOf);
  if (!Array.isArray(equal) || equal.length !== 2) return [];
  const [a, b] = equal;
  const pair = [a, b].every((each) => typeof each === 'string') ? ([a, b] as [string, string]) : undefined;
  if (pair === undefined) return [];
  const isVariable = (text: string): boolean => /^\$\$[a-z]/.test(text);
  const isPath = (text: string): boolean => /^\$[^$]/.test(text);
  if (isPath(pair[0]) && isVariable(pair[1])) return [[pair[0].slice(1), pair[1]]];
  return isPath(pair[1]) && isVariable(pair[0]) ? [[pair[1].slice(1), pair[0]]] : [];
}
