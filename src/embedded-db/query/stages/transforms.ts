// The stages that turn each document into one other: $project, $addFields, $set, $unset, $replaceRoot, $replaceWith.

import { docOf, isDoc, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { compileExpression } from '../expressions.ts';
import { compileFields, compileProjection } from '../projection.ts';
import { mustFit } from '../memory.ts';
import { typeName } from '../types.ts';
import { knownFields, requiredField } from './stage.ts';

/** The function of such a stage, or undefined for other stages. BSONObjectTooLarge (10334) for what grows past every bound. */
export function compileTransform(name: string, operand: Value, vars: Doc): ((doc: Doc) => Doc) | undefined {
  const transform = transformOf(name, operand, vars);
  return transform && ((doc) => mustFit(transform(doc)));
}

function transformOf(name: string, operand: Value, vars: Doc): ((doc: Doc) => Doc) | undefined {
  switch (name) {
    case '$project':
      if (!isDoc(operand)) throw new QueryError(15969, '$project specification must be an object');
      return compileProjection(operand, vars);
    case '$addFields':
    case '$set':
      if (!isDoc(operand)) throw new QueryError(40272, `${name} specification must be an object`);
      return compileFields(operand, vars);
    case '$unset':
      return compileProjection(excluded(operand), vars);
    case '$replaceRoot':
      return replaceRoot(newRootOf(operand), 'newRoot', vars);
    case '$replaceWith':
      return replaceRoot(operand, 'replacement document', vars);
    default:
      return undefined;
  }
}

function excluded(operand: Value): Doc {
  const paths = Array.isArray(operand) ? operand : [operand];
  if (paths.length === 0) throw new QueryError(31119, '$unset must name at least one field');
  const code = Array.isArray(operand) ? 31120 : 31002;
  return docOf(
    paths.map((path) => {
      if (typeof path !== 'string') throw new QueryError(code, '$unset must name fields by strings');
      return [path, false];
    }),
  );
}

function newRootOf(operand: Value): Value {
  if (!isDoc(operand)) throw new QueryError(40229, 'the $replaceRoot specification must be an object');
  knownFields('$replaceRoot', operand, ['newRoot']);
  return requiredField('$replaceRoot', operand, 'newRoot');
}

function replaceRoot(operand: Value, label: string, vars: Doc): (doc: Doc) => Doc {
  const expression = compileExpression(operand, vars);
  return (doc) => {
    const root = expression(doc, vars);
    if (!isDoc(root))
      throw new QueryError(40228, `'${label}' must evaluate to an object, not ${typeName(root)}`);
    return root;
  };
}
