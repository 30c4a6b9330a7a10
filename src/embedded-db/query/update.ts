// Updates: operators, replacement documents and pipelines, applied to one document.

import { copyDoc, keysOf, newDoc, setField, type Doc } from './bson.ts';
import { equalValues, sameValue } from './compare.ts';
import { QueryError } from './errors.ts';
import { entriesOf } from './stages/stage.ts';
import { compileTransform } from './stages/transforms.ts';
import { compileOperators, type UpdateOptions } from './update/operators.ts';

export { upsertSeed } from './update/seed.ts';

/** Gives the updated copy, or the document itself when nothing changed; throws QueryError with MongoDB's code. */
export function compileUpdate(update: Doc | Doc[], options: UpdateOptions): (doc: Doc) => Doc {
  const change = compileChange(update, options);
  return (doc) => {
    const result = change(doc);
    if (result === doc || sameValue(result, doc)) return doc;
    const [before, after] = [doc['_id'], result['_id']];
    if (before !== undefined && !equalValues(before, after))
      throw new QueryError(66, `the update would modify the immutable field '_id'`);
    if (Array.isArray(after)) throw new QueryError(53, `The '_id' value cannot be of type array`);
    return options.isUpsertInsert === true ? idFirst(result) : result;
  };
}

function compileChange(update: Doc | Doc[], options: UpdateOptions): (doc: Doc) => Doc {
  const isPipeline = Array.isArray(update);
  if (!isPipeline && keysOf(update)[0]?.startsWith('$') === true) return compileOperators(update, options);
  if ((options.arrayFilters ?? []).length > 0)
    throw new QueryError(9, 'arrayFilters may only be specified for updates made of operators');
  if (isPipeline) {
    const change = compilePipelineUpdate(update, { ...options.vars, NOW: options.now });
    return (doc) => keepId(doc, change(doc));
  }
  const dollar = keysOf(update).find((key) => key.startsWith('$'));
  if (dollar !== undefined)
    throw new QueryError(
      52,
      `The dollar ($) prefixed field '${dollar}' is not allowed in a replacement document`,
    );
  return (doc) => keepId(doc, update);
}

// The stages $set, $addFields, $unset, $project, $replaceRoot and $replaceWith as one function.
function compilePipelineUpdate(pipeline: readonly Doc[], vars: Doc): (doc: Doc) => Doc {
  const transforms = entriesOf(pipeline).map(([name, operand]) => {
    const transform = compileTransform(name, operand, vars);
    if (transform === undefined)
      throw new QueryError(72, `${name} is not allowed to be used within an update`);
    return transform;
  });
  return (doc) => transforms.reduce((current, transform) => transform(current), doc);
}

// A replacement without _id keeps the old one, in front.
function keepId(doc: Doc, replacement: Doc): Doc {
  const id = doc['_id'];
  if (id === undefined) return copyDoc(replacement);
  if (replacement['_id'] === undefined) return idFirst({ ...replacement, _id: id }, replacement);
  return idFirst(replacement);
}

function idFirst(doc: Doc, order: Doc = doc): Doc {
  const id = doc['_id'];
  if (id === undefined || keysOf(doc)[0] === '_id') return doc;
  const result = newDoc();
  setField(result, '_id', id);
  for (const key of keysOf(order)) if (key !== '_id') setField(result, key, doc[key]!);
  return result;
}
