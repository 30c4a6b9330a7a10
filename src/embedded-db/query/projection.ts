// Projections of find and $project, and the fields that $addFields computes: paths as a tree, applied level by level.

import { copyDoc, isDoc, keysOf, newDoc, setField, unsetField, type Doc, type Value } from './bson.ts';
import { QueryError, unsupported } from './errors.ts';
import { compileExpression, isExpressionName, type Expression } from './expressions.ts';
import { notHere } from './not-here.ts';
import { fieldPath } from './paths.ts';
import { isNumber, toNumber } from './types.ts';

/** What a level says of its fields, in the specification's order: named, computed, or more in a deeper level. */
type Level = Map<string, true | Expression | Level>;

/** A function that returns the projected copy, by the rules of $project; throws QueryError for a malformed specification. */
export function compileProjection(spec: Doc, vars: Doc = {}): (doc: Doc) => Doc {
  if (keysOf(spec).length === 0) throw new QueryError(51272, 'projection specification must have a field');
  const level: Level = new Map();
  let including: boolean | undefined;
  let includesId: boolean | undefined;
  visitFields(spec, '', (path, value) => {
    const isSwitch = typeof value === 'boolean' || isNumber(value);
    const wanted = isNumber(value) ? toNumber(value) !== 0 : value !== false;
    if (isSwitch && path === '_id') {
      includesId = wanted;
      return;
    }
    const node = isSwitch ? true : compileField(path, value, vars);
    including ??= wanted;
    if (including !== wanted) throw mixed(path, isSwitch, wanted);
    if (isSwitch && path.endsWith('.$')) throw unsupported(`The positional projection ${path}`);
    place(level, path, node);
  });
  const keeps = including ?? includesId === true;
  if (keeps ? includesId !== false && !level.has('_id') : includesId === false) level.set('_id', true);
  const computed = computedPart(level);
  return (doc) => computeFields(choose(doc, level, keeps), computed, doc, vars);
}

/** A function that returns a copy with computed fields, by the rules of $addFields. */
export function compileFields(spec: Doc, vars: Doc): (doc: Doc) => Doc {
  const level: Level = new Map();
  visitFields(spec, '', (path, value) => place(level, path, compileExpression(value, vars)));
  return (doc) => computeFields(copyDoc(doc), level, doc, vars);
}

// Nested documents are nested paths.
function visitFields(spec: Doc, prefix: string, visit: (path: string, value: Value) => void): void {
  for (const key of keysOf(spec)) {
    const value = spec[key]!;
    const first = isDoc(value) ? keysOf(value)[0] : undefined;
    if (first === undefined || first.startsWith('$')) visit(prefix + key, value);
    else visitFields(value as Doc, `${prefix}${key}.`, visit);
  }
}

function mixed(path: string, isSwitch: boolean, included: boolean): QueryError {
  if (!isSwitch) return new QueryError(31252, `Cannot compute field ${path} in exclusion projection`);
  if (included) return new QueryError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
  return new QueryError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
}

function compileField(path: string, value: Value, vars: Doc): Expression {
  if (isDoc(value)) {
    const [name] = keysOf(value);
    if (name === undefined)
      throw new QueryError(51270, `An empty sub-projection is not a valid value: ${path}`);
    const refused = notHere('projection operator', name);
    if (refused !== undefined) throw refused;
    if (!isExpressionName(name)) throw new QueryError(31325, `Unknown expression ${name}`);
  }
  return compileExpression(value, vars);
}

function place(root: Level, path: string, leaf: true | Expression): void {
  const parts = fieldPath(path);
  const last = parts.pop()!;
  let level = root;
  for (const part of parts) {
    const next = level.get(part) ?? new Map<string, never>();
    if (!(next instanceof Map)) throw new QueryError(31249, `Path collision at ${path}`);
    level.set(part, next);
    level = next;
  }
  if (level.has(last)) throw new QueryError(31250, `Path collision at ${path}`);
  level.set(last, leaf);
}

function computedPart(level: Level): Level {
  const computed: Level = new Map();
  for (const [key, node] of level) {
    const part = node instanceof Map ? computedPart(node) : node;
    if (part instanceof Map ? part.size > 0 : part !== true) computed.set(key, part);
  }
  return computed;
}

// The fields that the level names, or all but those, in the document's order.
function choose(doc: Doc, level: Level, including: boolean): Doc {
  const result = newDoc();
  for (const key of keysOf(doc)) {
    const node = level.get(key);
    const named = (node === true) === including ? doc[key] : undefined;
    const kept = node instanceof Map ? chooseWithin(doc[key]!, node, including) : named;
    if (kept !== undefined) setField(result, key, kept);
  }
  return result;
}

// Array elements that are no documents have none of the fields that are to be included.
function chooseWithin(value: Value, level: Level, including: boolean): Value | undefined {
  if (Array.isArray(value))
    return value
      .map((element) => chooseWithin(element, level, including))
      .filter((kept) => kept !== undefined);
  if (isDoc(value)) return choose(value, level, including);
  return including ? undefined : value;
}

// Sets the computed fields in `target`, which is changed in place; a missing value removes the field.
function computeFields(target: Doc, level: Level, root: Doc, vars: Doc): Doc {
  for (const [key, node] of level) {
    const value =
      node instanceof Map ? computeWithin(target[key], node, root, vars) : (node as Expression)(root, vars);
    if (value === undefined) unsetField(target, key);
    else setField(target, key, value);
  }
  return target;
}

function computeWithin(value: Value | undefined, level: Level, root: Doc, vars: Doc): Value {
  if (Array.isArray(value)) return value.map((element) => computeWithin(element, level, root, vars));
  return computeFields(isDoc(value) ? copyDoc(value) : newDoc(), level, root, vars);
}
