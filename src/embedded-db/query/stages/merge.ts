// $merge: the pipeline's documents go into a collection, by the surroundings' hand.

import { docOf, isDoc, keysOf, type Doc, type Value } from '../bson.ts';
import { QueryError, unsupported } from '../errors.ts';
import { compileExpression } from '../expressions.ts';
import { requiredField, specOf, targetOf } from './stage.ts';
import type { MergeOptions, StageCompiler, StageScope } from './stage.ts';

const FIELDS = ['into', 'on', 'let', 'whenMatched', 'whenNotMatched'];
const MATCHED = ['replace', 'keepExisting', 'merge', 'fail'] as const;
const NOT_MATCHED = ['insert', 'discard', 'fail'] as const;

export const merge: StageCompiler = (operand, scope) => {
  const spec = specOf('$merge', operand, FIELDS, 'into', 51182);
  const into = specOf('$merge.into', requiredField('$merge', spec, 'into'), ['db', 'coll'], 'coll', 51178);
  const target = targetOf('$merge', into, 51178);
  const options = optionsOf(spec, scope);
  const write = scope.context.merge;
  if (write === undefined) throw unsupported('$merge here');
  return function* (source) {
    write(target, source, options);
    yield* [];
  };
};

function optionsOf(spec: Doc, { vars }: StageScope): MergeOptions {
  const { on = '_id', let: bound = {}, whenMatched = 'merge', whenNotMatched = 'insert' } = spec;
  const paths = Array.isArray(on) ? on : [on];
  if (!paths.every((path) => typeof path === 'string'))
    throw new QueryError(51134, `$merge 'on' must be a string or an array of strings`);
  if (paths.length === 0) throw new QueryError(51187, `$merge 'on' must include at least one field`);
  const notMatched = NOT_MATCHED.find((mode) => mode === whenNotMatched);
  if (notMatched === undefined) throw new QueryError(2, `$merge 'whenNotMatched' is not a valid value`);
  if (!isDoc(bound)) throw new QueryError(14, `$merge 'let' must be an object`);
  const given = keysOf(bound).map((name) => [name, compileExpression(bound[name]!, vars)] as const);
  const matched = matchedMode(whenMatched);
  if ((matched === 'keepExisting' || matched === 'fail') && notMatched !== 'insert')
    throw new QueryError(
      51181,
      `$merge cannot have whenMatched: ${matched} beside whenNotMatched: ${notMatched}`,
    );
  return {
    on: paths,
    whenMatched: matched,
    whenNotMatched: notMatched,
    vars: (doc) => ({ new: doc, ...docOf(given.map(([name, value]) => [name, value(doc, vars) ?? null])) }),
  };
}

function matchedMode(matched: Value): MergeOptions['whenMatched'] {
  if (Array.isArray(matched)) {
    if (matched.every(isDoc)) return matched;
    throw new QueryError(14, `Each element of the 'whenMatched' pipeline must be an object`);
  }
  const mode = MATCHED.find((each) => each === matched);
  if (mode === undefined) throw new QueryError(51191, `$merge 'whenMatched' is not a valid value`);
  return mode;
}
