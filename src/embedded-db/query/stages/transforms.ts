// The stages that turn each document into one other: $project, $addFields, $set, $unset, $replaceRoot, $replaceWith.

import { copyDoc, docOf, isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { compileExpression, variableNames } from '../expressions.ts';
import { compileProjection, computeFields } from '../projection.ts';
import { compileFields } from '../projection-tree.ts';
import { typeName } from '../types.ts';

/** The function of such a stage, or undefined for other stages. */
export function compileTransform(name: string, operand: Value, vars: Doc): ((doc: Doc) => Doc) | undefined {
  switch (name) {
    case '$project':
      if (!isDoc(operand)) throw new QueryError(15969, '$project specification must be an object');
      return compileProjection(operand, vars);
    case '$addFields':
    case '$set':
      return addFields(name, operand, vars);
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

function addFields(name: string, operand: Value, vars: Doc): (doc: Doc) => Doc {
  if (!isDoc(operand)) {
    throw new QueryError(40272, `${name} specification stage must be an object, got ${typeName(operand)}`);
  }
  const level = compileFields(operand, variableNames(vars));
  return (doc) => {
    const result = copyDoc(doc);
    computeFields(result, level, doc, vars);
    return result;
  };
}

function excluded(operand: Value): Doc {
  const paths = Array.isArray(operand) ? operand : [operand];
  if (paths.length === 0)
    throw new QueryError(31119, '$unset specification must be a string or an array with at least one field');
  return docOf(
    paths.map((path) => {
      if (typeof path !== 'string') {
        throw new QueryError(
          Array.isArray(operand) ? 31120 : 31002,
          '$unset specification must be a string or an array containing only string values',
        );
      }
      return [path, false] as const;
    }),
  );
}

function newRootOf(operand: Value): Value {
  if (!isDoc(operand))
    throw new QueryError(
      40229,
      `expected an object as specification for $replaceRoot stage, got ${typeName(operand)}`,
    );
  const unknown = keysOf(operand).find((key) => key !== 'newRoot');
  if (unknown !== undefined)
    throw new QueryError(40415, `BSON field '$replaceRoot.${unknown}' is an unknown field.`);
  if (operand['newRoot'] === undefined)
    throw new QueryError(40414, `BSON field '$replaceRoot.newRoot' is missing but a required field`);
  return operand['newRoot'];
}

function replaceRoot(operand: Value, label: string, vars: Doc): (doc: Doc) => Doc {
  const expression = compileExpression(operand, variableNames(vars));
  return (doc) => {
    const root = expression(doc, vars);
    if (!isDoc(root)) {
      throw new QueryError(
        40228,
        `'${label}' expression must evaluate to an object, but resulting value was of type: ${typeName(root)}`,
      );
    }
    return root;
  };
}
