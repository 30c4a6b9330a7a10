// $lookup, by equality, by pipeline, or both.

import { BSONRegExp, docOf, isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { compileExpression, extendVariables, variableNames } from '../expressions.ts';
import { visitPath } from '../paths.ts';
import { compileVariableFilter } from './lookup-filter.ts';
import type { Stage, StageCompiler, StageScope } from './stage.ts';
import { setPath } from './unwind.ts';

const FIELDS = ['from', 'localField', 'foreignField', 'let', 'pipeline', 'as'];

export const lookup: StageCompiler = (operand, scope) => {
  const spec = checked(operand);
  const as = (spec['as'] as string).split('.');
  const join = compileJoin(spec, scope);
  return function* (source) {
    for (const doc of source) yield setPath(doc, as, join(doc));
  };
};

function checked(operand: Value): Doc {
  if (!isDoc(operand)) throw new QueryError(9, 'the $lookup specification must be an Object');
  for (const key of keysOf(operand)) {
    if (!FIELDS.includes(key)) throw new QueryError(9, `unknown argument to $lookup: ${key}`);
    const isText = typeof operand[key] === 'string';
    if (key !== 'let' && key !== 'pipeline' && !isText)
      throw new QueryError(9, `$lookup argument '${key}' must be a string`);
  }
  const { from, localField, foreignField, pipeline, as } = operand;
  if (as === undefined) throw new QueryError(9, `must specify 'as' field for a $lookup`);
  if (from === undefined) throw new QueryError(9, `must specify 'from' field for a $lookup`);
  if ((localField === undefined) !== (foreignField === undefined)) {
    throw new QueryError(
      9,
      '$lookup requires both or neither of localField and foreignField to be specified',
    );
  }
  if (pipeline === undefined && localField === undefined) {
    throw new QueryError(
      9,
      `$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified`,
    );
  }
  if (operand['let'] !== undefined && pipeline === undefined) {
    throw new QueryError(9, `$lookup with a 'let' argument must also specify 'pipeline'`);
  }
  if (pipeline !== undefined && !Array.isArray(pipeline))
    throw new QueryError(14, `'pipeline' option must be specified as an array`);
  return operand;
}

function compileJoin(spec: Doc, scope: StageScope): (doc: Doc) => Doc[] {
  const { foreignField, localField } = spec as { foreignField?: string; localField?: string };
  const find = (filter: Doc): Iterable<Doc> => scope.context.collection(spec['from'] as string).find(filter);
  const local = localField?.split('.');
  const equality = (doc: Doc): Doc =>
    local === undefined ? {} : equalityFilter(localValues(doc, local), foreignField!);
  if (spec['pipeline'] === undefined) return (doc) => [...find(equality(doc))];
  const correlated = compileCorrelated(spec, scope);
  return (doc) => {
    const { filter, stage } = correlated(doc);
    return [...stage(find(both(equality(doc), filter)))];
  };
}

function both(a: Doc, b: Doc): Doc {
  if (keysOf(a).length === 0) return b;
  return keysOf(b).length === 0 ? a : { $and: [a, b] };
}

/** The values a local path reaches, elements of arrays each; a missing field counts as null. */
function localValues(doc: Doc, parts: string[]): Value[] {
  const values: Value[] = [];
  visitPath(doc, parts, true, (value, position) => {
    // The array itself comes after its elements, and only they are joined on.
    const wholeArray = Array.isArray(value) && (position === undefined || parts.length > 1);
    if (value !== undefined && !wholeArray) values.push(value);
    return false;
  });
  return values.length === 0 ? [null] : values;
}

function equalityFilter(values: Value[], foreignField: string): Doc {
  if (values.length === 1) return docOf([[foreignField, { $eq: values[0]! }]]);
  if (!values.some((value) => value instanceof BSONRegExp)) return docOf([[foreignField, { $in: values }]]);
  return { $or: values.map((value) => docOf([[foreignField, { $eq: value }]])) };
}

interface Correlated {
  filter: Doc;
  stage: Stage;
}

function compileCorrelated(spec: Doc, scope: StageScope): (doc: Doc) => Correlated {
  const bound = spec['let'] ?? {};
  if (!isDoc(bound)) throw new QueryError(9, `$lookup argument 'let' must be an object`);
  const names = keysOf(bound);
  const known = variableNames(scope.vars);
  const values = names.map((name) => compileExpression(bound[name]!, known));
  const inner = extendVariables(scope.vars);
  for (const name of names) inner[name] = undefined;
  const stage = scope.compilePipeline(spec['pipeline'] as Value[], inner as Doc);
  const filter = compileVariableFilter(spec['pipeline'] as Value[]);
  return (doc) => {
    names.forEach((name, index) => {
      inner[name] = values[index]!(doc, scope.vars);
    });
    return { filter: filter(inner as Doc), stage };
  };
}
