// $lookup, by equality, by pipeline, or both.

import { BSONRegExp, docOf, isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { compileExpression, extendVariables } from '../expressions.ts';
import { approximateSize, MEMORY_LIMIT } from '../memory.ts';
import { visitPath } from '../paths.ts';
import { compileVariableFilter } from './lookup-filter.ts';
import type { Stage, StageCompiler, StageScope } from './stage.ts';
import { setPath } from './unwind.ts';

const FIELDS = ['from', 'localField', 'foreignField', 'let', 'pipeline', 'as'];

const bad = (message: string): QueryError => new QueryError(9, message);

export const lookup: StageCompiler = (operand, scope) => {
  const spec = checked(operand);
  const as = (spec['as'] as string).split('.');
  const join = compileJoin(spec, scope);
  return function* (source) {
    for (const doc of source) yield setPath(doc, as, join(doc));
  };
};

function checked(operand: Value): Doc {
  if (!isDoc(operand)) throw bad('the $lookup specification must be an object');
  for (const key of keysOf(operand)) {
    if (!FIELDS.includes(key)) throw bad(`unknown argument to $lookup: ${key}`);
    if (key !== 'let' && key !== 'pipeline' && typeof operand[key] !== 'string')
      throw bad(`$lookup argument '${key}' must be a string`);
  }
  const { from, localField, foreignField, pipeline, as } = operand;
  if (as === undefined || from === undefined) throw bad(`$lookup must specify 'from' and 'as'`);
  if ((localField === undefined) !== (foreignField === undefined))
    throw bad('$lookup requires both or neither of localField and foreignField');
  if (pipeline === undefined && (localField === undefined || operand['let'] !== undefined))
    throw bad(`$lookup requires 'pipeline', or both 'localField' and 'foreignField' without 'let'`);
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
  if (spec['pipeline'] === undefined) return (doc) => gathered(find(equality(doc)));
  const correlated = compileCorrelated(spec, scope);
  return (doc) => {
    const { filter, stage } = correlated(doc);
    return gathered(stage(find({ $and: [equality(doc), filter] })));
  };
}

// What one document is joined with; MongoDB holds no more than 100 MB of it.
function gathered(docs: Iterable<Doc>): Doc[] {
  let size = 0;
  return Array.from(docs, (doc) => {
    size += approximateSize(doc);
    if (size > MEMORY_LIMIT)
      throw new QueryError(4568, 'Total size of documents in $lookup exceeds maximum document size');
    return doc;
  });
}

/** The values a local path reaches, elements of arrays each; a missing field counts as null. */
function localValues(doc: Doc, parts: string[]): Value[] {
  const values: Value[] = [];
  visitPath(doc, parts, false, (value) => {
    if (value !== undefined) values.push(...(Array.isArray(value) ? value : [value]));
    return false;
  });
  return values.length === 0 ? [null] : values;
}

function equalityFilter(values: Value[], foreignField: string): Doc {
  if (values.length === 1) return docOf([[foreignField, { $eq: values[0]! }]]);
  if (!values.some((value) => value instanceof BSONRegExp)) return docOf([[foreignField, { $in: values }]]);
  return { $or: values.map((value) => docOf([[foreignField, { $eq: value }]])) };
}

// The stages of the pipeline, with the variables of `let` as they are for a document, and what an index can look up for them.
function compileCorrelated(spec: Doc, scope: StageScope): (doc: Doc) => { filter: Doc; stage: Stage } {
  const bound = spec['let'] ?? {};
  if (!isDoc(bound)) throw bad(`$lookup argument 'let' must be an object`);
  const names = keysOf(bound);
  const values = names.map((name) => compileExpression(bound[name]!, scope.vars));
  const inner = extendVariables(scope.vars);
  for (const name of names) inner[name] = null;
  const stage = scope.compilePipeline(spec['pipeline'] as Value[], inner);
  const filter = compileVariableFilter(spec['pipeline'] as Value[]);
  return (doc) => {
    names.forEach((name, index) => {
      (inner as Record<string, Value | undefined>)[name] = values[index]!(doc, scope.vars);
    });
    return { filter: filter(inner), stage };
  };
}
