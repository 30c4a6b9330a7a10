// Projections of find and $project, compiled once into a function from document to document.

import { isDoc, keysOf, type Doc, type Value } from './bson.ts';
import { QueryError, unsupported } from './errors.ts';
import { compileExpression, isExpressionName, variableNames } from './expressions.ts';
import { compileElementFilter, compilePosition } from './filter.ts';
import { computeFields, excludeFields, includeFields, replaceAt } from './projection/apply.ts';
import {
  includes,
  isExpressionDoc,
  isSwitch,
  newLevel,
  place,
  type Level,
  type Mode,
} from './projection/tree.ts';
import { isNumber, wholeNumber } from './types.ts';

/** `filter` is needed for the positional `$`; `vars` for expressions; `aggregation` reads the rules of $project. */
export interface ProjectionOptions {
  filter?: Doc;
  vars?: Doc;
  aggregation?: boolean;
}

/** What a projection does after the fields are chosen: $slice and the positional `$`. */
type Finish = (result: Doc, original: Doc) => Doc;

interface Draft {
  level: Level;
  mode: Mode | undefined;
  includesId: boolean | undefined;
  hasElemMatch: boolean;
  finishes: Finish[];
  slices: string[];
  options: ProjectionOptions;
  known: ReadonlySet<string>;
}

/** A function that returns the projected copy; throws QueryError for a malformed specification. */
export function compileProjection(spec: Doc, options: ProjectionOptions = {}): (doc: Doc) => Doc {
  const vars = options.vars ?? {};
  const draft: Draft = {
    level: newLevel(),
    mode: undefined,
    includesId: undefined,
    hasElemMatch: false,
    finishes: [],
    slices: [],
    options,
    known: variableNames(vars),
  };
  if (keysOf(spec).length === 0) {
    if (options.aggregation === true) {
      throw new QueryError(
        51272,
        'Invalid $project :: caused by :: projection specification must have at least one field',
      );
    }
    return (doc) => doc;
  }
  readSpec(spec, '', draft);
  const { level, finishes } = draft;
  const choose = chooser(draft);
  return (doc) => {
    const result = choose(doc);
    if (level.computes) computeFields(result, level, doc, vars);
    return finishes.reduce((current, finish) => finish(current, doc), result);
  };
}

function chooser({ level, mode, includesId, hasElemMatch, slices }: Draft): (doc: Doc) => Doc {
  const inclusion = mode === undefined ? includesId === true || hasElemMatch : mode === 'inclusion';
  const idNamed = level.children.has('_id') || level.computed.has('_id');
  if (inclusion) {
    if (includesId !== false && !idNamed) level.leaves.add('_id');
    for (const path of slices) place(level, path, undefined);
    return (doc) => includeFields(doc, level);
  }
  if (includesId === false) level.leaves.add('_id');
  return (doc) => excludeFields(doc, level);
}

function readSpec(spec: Doc, prefix: string, draft: Draft): void {
  for (const key of keysOf(spec)) {
    const value = spec[key]!;
    const path = prefix + key;
    if (isSwitch(value)) readSwitch(path, includes(value), draft);
    else if (isExpressionDoc(value)) readOperator(path, value, draft);
    else if (isDoc(value)) {
      if (keysOf(value).length === 0) {
        throw new QueryError(
          51270,
          `An empty sub-projection is not a valid value. Found empty object at path ${path}`,
        );
      }
      readSpec(value, `${path}.`, draft);
    } else addComputed(path, value, draft);
  }
}

function readSwitch(path: string, included: boolean, draft: Draft): void {
  if (path === '_id') {
    draft.includesId = included;
    return;
  }
  if (path.endsWith('.$') && draft.options.aggregation !== true) {
    addPositional(path.slice(0, -2), included, draft);
    return;
  }
  setMode(path, included ? 'inclusion' : 'exclusion', draft);
  place(draft.level, path, undefined);
}

function setMode(path: string, mode: Mode, draft: Draft): void {
  if (draft.mode === undefined) draft.mode = mode;
  if (draft.mode === mode) return;
  throw mode === 'inclusion'
    ? new QueryError(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
    : new QueryError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
}

function addComputed(path: string, value: Value, draft: Draft): void {
  if (draft.mode === 'exclusion') {
    throw new QueryError(31252, 'Cannot use an expression other than $meta in exclusion projection');
  }
  draft.mode = 'inclusion';
  place(draft.level, path, compileExpression(value, draft.known));
}

function readOperator(path: string, value: Doc, draft: Draft): void {
  const name = keysOf(value)[0]!;
  if (name === '$meta') throw unsupported('$meta in a projection');
  if (name !== '$elemMatch' && !isExpressionName(name))
    throw new QueryError(31325, `Unknown expression ${name}`);
  if (draft.options.aggregation === true || (name !== '$slice' && name !== '$elemMatch')) {
    addComputed(path, value, draft);
  } else if (keysOf(value).length > 1) {
    throw new QueryError(2, '>1 field in obj: a projection operator stands alone');
  } else if (name === '$slice') addSlice(path, value[name]!, draft);
  else addElemMatch(path, value[name]!, draft);
}

function addPositional(path: string, included: boolean, draft: Draft): void {
  if (!included || draft.mode === 'exclusion') {
    throw new QueryError(31395, 'positional projection cannot be used with exclusion');
  }
  if (draft.finishes.length > 0)
    throw new QueryError(31276, 'Cannot specify more than one positional projection per query');
  setMode(path, 'inclusion', draft);
  place(draft.level, path, undefined);
  const filter = draft.options.filter ?? {};
  const { vars } = draft.options;
  const positionOf = compilePosition(filter, vars === undefined ? {} : { vars });
  draft.finishes.push((result, original) => {
    const position = positionOf(original);
    const pick = (value: Value): Value => {
      if (!Array.isArray(value)) return value;
      if (position === undefined) {
        throw new QueryError(51246, `positional operator '.$' couldn't find a matching element in the array`);
      }
      if (position >= value.length) throw new QueryError(51247, `positional operator '.$' element mismatch`);
      return [value[position]!];
    };
    return replaceAt(result, path.split('.'), pick, false) as Doc;
  });
}

function addSlice(path: string, operand: Value, draft: Draft): void {
  const [first, second] = Array.isArray(operand) ? operand : [operand];
  if (Array.isArray(operand) && operand.length !== 2) {
    addComputed(path, { $slice: operand }, draft);
    return;
  }
  if (!isNumber(first) || (second !== undefined && !isNumber(second))) {
    // $slice with an array expression is the aggregation operator.
    addComputed(path, { $slice: operand }, draft);
    return;
  }
  const from = Math.trunc(wholeNumber(first) ?? 0);
  const count = second === undefined ? undefined : Math.trunc(wholeNumber(second) ?? 0);
  if (count !== undefined && count <= 0) {
    throw new QueryError(28724, `First argument to $slice must be an array, but is of type: int`);
  }
  draft.slices.push(path);
  const cut = (value: Value): Value => {
    if (!Array.isArray(value)) return value;
    if (count === undefined) return from < 0 ? value.slice(from) : value.slice(0, from);
    const start = from < 0 ? Math.max(0, value.length + from) : from;
    return value.slice(start, start + count);
  };
  draft.finishes.push((result) => replaceAt(result, path.split('.'), cut, true) as Doc);
}

function addElemMatch(path: string, operand: Value, draft: Draft): void {
  if (!isDoc(operand)) throw new QueryError(31274, 'elemMatch: Invalid argument, object required');
  if (path.includes('.')) throw new QueryError(31275, 'Cannot use $elemMatch projection on a nested field');
  const matches = compileElementFilter({ $elemMatch: operand });
  draft.hasElemMatch = true;
  place(draft.level, path, (root) => {
    const value = root[path];
    const found = Array.isArray(value) ? value.find((element) => matches([element])) : undefined;
    return found === undefined ? undefined : [found];
  });
}
