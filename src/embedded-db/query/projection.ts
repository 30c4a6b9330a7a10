// Projections of find and $project, compiled once into a function from document to document.

import { copyDoc, isDoc, keysOf, newDoc, setField, unsetField, type Doc, type Value } from './bson.ts';
import { QueryError, unsupported } from './errors.ts';
import { compileExpression, isExpressionName, variableNames } from './expressions.ts';
import { notHere } from './not-here.ts';
import { includes, isExpressionDoc, isSwitch, newLevel, place, type Level } from './projection-tree.ts';

interface Draft {
  level: Level;
  mode: 'inclusion' | 'exclusion' | undefined;
  includesId: boolean | undefined;
  known: ReadonlySet<string>;
}

/** A function that returns the projected copy, by the rules of $project; throws QueryError for a malformed specification. */
export function compileProjection(spec: Doc, vars: Doc = {}): (doc: Doc) => Doc {
  if (keysOf(spec).length === 0)
    throw new QueryError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  const level = newLevel();
  const draft: Draft = { level, mode: undefined, includesId: undefined, known: variableNames(vars) };
  readSpec(spec, '', draft);
  const choose = chooser(draft);
  return (doc) => {
    const result = choose(doc);
    if (level.computes) computeFields(result, level, doc, vars);
    return result;
  };
}

function chooser({ level, mode, includesId }: Draft): (doc: Doc) => Doc {
  const inclusion = mode === undefined ? includesId === true : mode === 'inclusion';
  const idNamed = level.children.has('_id') || level.computed.has('_id');
  if (inclusion) {
    if (includesId !== false && !idNamed) level.leaves.add('_id');
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
    else if (isExpressionDoc(value)) {
      const name = keysOf(value)[0]!;
      const refused = notHere('projection operator', name);
      if (refused !== undefined) throw refused;
      if (!isExpressionName(name)) throw new QueryError(31325, `Unknown expression ${name}`);
      addComputed(path, value, draft);
    } else if (isDoc(value)) {
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
  if (path.endsWith('.$')) throw unsupported(`The positional projection ${path}`);
  const mode = included ? 'inclusion' : 'exclusion';
  draft.mode ??= mode;
  if (draft.mode !== mode) {
    throw included
      ? new QueryError(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
      : new QueryError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
  }
  place(draft.level, path, undefined);
}

function addComputed(path: string, value: Value, draft: Draft): void {
  if (draft.mode === 'exclusion') {
    throw new QueryError(31252, 'Cannot use an expression other than $meta in exclusion projection');
  }
  draft.mode = 'inclusion';
  place(draft.level, path, compileExpression(value, draft.known));
}

// The fields that the level names, in the document's order; elements of arrays that are no documents are dropped.
function includeFields(doc: Doc, level: Level): Doc {
  const result = newDoc();
  for (const key of keysOf(doc)) {
    const value = doc[key]!;
    if (level.leaves.has(key)) {
      setField(result, key, value);
      continue;
    }
    const child = level.children.get(key);
    const kept = child === undefined ? undefined : includeValue(value, child);
    if (kept !== undefined) setField(result, key, kept);
  }
  return result;
}

function includeValue(value: Value, level: Level): Value | undefined {
  if (Array.isArray(value)) {
    return value.map((element) => includeValue(element, level)).filter((kept) => kept !== undefined);
  }
  return isDoc(value) ? includeFields(value, level) : undefined;
}

// The document without the fields that the level names.
function excludeFields(doc: Doc, level: Level): Doc {
  const result = newDoc();
  for (const key of keysOf(doc)) {
    if (level.leaves.has(key)) continue;
    const child = level.children.get(key);
    setField(result, key, child === undefined ? doc[key]! : excludeValue(doc[key]!, child));
  }
  return result;
}

function excludeValue(value: Value, level: Level): Value {
  if (Array.isArray(value)) return value.map((element) => excludeValue(element, level));
  return isDoc(value) ? excludeFields(value, level) : value;
}

/** Sets the level's computed fields in `target` (changed in place); a missing value removes the field. */
export function computeFields(target: Doc, level: Level, root: Doc, vars: Doc): void {
  for (const key of level.order) {
    const expression = level.computed.get(key);
    if (expression !== undefined) {
      const value = expression(root, vars);
      if (value === undefined) unsetField(target, key);
      else setField(target, key, value);
      continue;
    }
    const child = level.children.get(key);
    if (child?.computes === true) setField(target, key, computeValue(target[key], child, root, vars));
  }
}

function computeValue(value: Value | undefined, level: Level, root: Doc, vars: Doc): Value {
  if (Array.isArray(value)) return value.map((element) => computeValue(element, level, root, vars));
  const target = isDoc(value) ? copyDoc(value) : newDoc();
  computeFields(target, level, root, vars);
  return target;
}
