// $merge: the pipeline's documents go into a collection, by the surroundings' hand.

import { docOf, isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { QueryError, unsupported } from '../errors.ts';
import { compileExpression, variableNames } from '../expressions.ts';
import type { MergeOptions } from '../pipeline.ts';
import { typeName } from '../types.ts';
import type { StageCompiler, StageScope } from './stage.ts';

const MATCHED = ['replace', 'keepExisting', 'merge', 'fail'] as const;
const NOT_MATCHED = ['insert', 'discard', 'fail'] as const;

export const merge: StageCompiler = (operand, scope) => {
  const spec = specOf(operand);
  const target = targetOf(spec['into']!);
  const options = optionsOf(spec, scope);
  const write = scope.context.merge;
  if (write === undefined) throw unsupported('$merge here');
  return function* (source) {
    write(target, source, options);
    yield* [];
  };
};

function specOf(operand: Value): Doc {
  if (typeof operand === 'string') return { into: operand };
  if (!isDoc(operand))
    throw new QueryError(
      51182,
      `$merge requires a string or object argument, but found ${typeName(operand)}`,
    );
  const known = ['into', 'on', 'let', 'whenMatched', 'whenNotMatched'];
  const unknown = keysOf(operand).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new QueryError(40415, `BSON field '$merge.${unknown}' is an unknown field.`);
  if (operand['into'] === undefined)
    throw new QueryError(40414, `BSON field '$merge.into' is missing but a required field`);
  return operand;
}

function targetOf(into: Value): { db?: string; collection: string } {
  if (typeof into === 'string') return { collection: into };
  if (!isDoc(into))
    throw new QueryError(
      51178,
      `$merge 'into' field must be either a string or an object, but found ${typeName(into)}`,
    );
  const { db, coll } = into;
  if (typeof coll !== 'string')
    throw new QueryError(
      51178,
      `$merge 'into' field must specify a 'coll' that is not empty, null or undefined`,
    );
  return typeof db === 'string' ? { db, collection: coll } : { collection: coll };
}

function optionsOf(spec: Doc, scope: StageScope): MergeOptions {
  const on = spec['on'] ?? '_id';
  const paths = Array.isArray(on) ? on : [on];
  if (!paths.every((path) => typeof path === 'string')) {
    throw new QueryError(51134, `$merge 'on' must be a string or an array of strings`);
  }
  if (paths.length === 0)
    throw new QueryError(51187, `If explicitly specifying $merge 'on', must include at least one field`);
  const matched = spec['whenMatched'] ?? 'merge';
  const notMatched = NOT_MATCHED.find((mode) => mode === (spec['whenNotMatched'] ?? 'insert'));
  if (notMatched === undefined)
    throw new QueryError(2, `Enumeration value for field '$merge.whenNotMatched' is not a valid value.`);
  return {
    on: paths,
    whenMatched: matchedMode(matched),
    whenNotMatched: notMatched,
    vars: variables(spec, scope),
  };
}

function matchedMode(matched: Value): MergeOptions['whenMatched'] {
  if (Array.isArray(matched)) {
    if (!matched.every(isDoc))
      throw new QueryError(14, `Each element of the 'whenMatched' pipeline must be an object`);
    return matched;
  }
  const mode = MATCHED.find((each) => each === matched);
  if (mode === undefined) throw new QueryError(51191, `$merge 'whenMatched' is not a valid value`);
  return mode;
}

// The variables of `let` stay expressions: $merge evaluates them for each new document, which is also `$$new`.
function variables(spec: Doc, { vars }: StageScope): Doc {
  const bound = spec['let'] ?? {};
  if (!isDoc(bound)) throw new QueryError(14, `$merge 'let' must be an object`);
  for (const name of keysOf(bound)) compileExpression(bound[name]!, variableNames(vars));
  return docOf(keysOf(bound).map((name) => [name, bound[name]!]));
}
