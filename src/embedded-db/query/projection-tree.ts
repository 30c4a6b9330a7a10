// A projection's paths as a tree, with MongoDB's checks of mode and collisions.

import { isDoc, keysOf, type Doc, type Value } from './bson.ts';
import { QueryError } from './errors.ts';
import { compileExpression, type Expression } from './expressions.ts';
import { fieldPath } from './paths.ts';
import { isNumber, toNumber } from './types.ts';

/** The fields of one level: named leaves, computed values, and deeper levels; `order` keeps the specification's. */
export interface Level {
  leaves: Set<string>;
  computed: Map<string, Expression>;
  children: Map<string, Level>;
  order: string[];
  /** True where this level or a deeper one computes something. */
  computes: boolean;
}

/** An empty level. */
export function newLevel(): Level {
  return { leaves: new Set(), computed: new Map(), children: new Map(), order: [], computes: false };
}

/** True for the values that include or exclude a field: booleans and numbers. */
export function isSwitch(value: Value): boolean {
  return typeof value === 'boolean' || isNumber(value);
}

/** Whether a switch includes. */
export function includes(value: Value): boolean {
  return isNumber(value) ? toNumber(value) !== 0 : value === true;
}

/** Adds a leaf or a computed value at `path`; 31249 and 31250 where paths collide. */
export function place(root: Level, path: string, expression: Expression | undefined): void {
  const parts = fieldPath(path);
  let level = root;
  parts.slice(0, -1).forEach((part, index) => {
    if (level.leaves.has(part) || level.computed.has(part)) {
      throw new QueryError(
        31249,
        `Path collision at ${path} remaining portion ${parts.slice(index + 1).join('.')}`,
      );
    }
    if (expression !== undefined) level.computes = true;
    const existing = level.children.get(part);
    if (existing === undefined) level.order.push(part);
    const child = existing ?? newLevel();
    level.children.set(part, child);
    level = child;
  });
  const last = parts.at(-1)!;
  if (level.children.has(last) || level.leaves.has(last) || level.computed.has(last)) {
    throw new QueryError(31250, `Path collision at ${path}`);
  }
  level.order.push(last);
  if (expression === undefined) level.leaves.add(last);
  else {
    level.computes = true;
    level.computed.set(last, expression);
  }
}

/** True for `{ $operator: … }`. */
export function isExpressionDoc(value: Value): value is Doc {
  return isDoc(value) && keysOf(value)[0]?.startsWith('$') === true;
}

/** The tree of $addFields: every value is computed, nested documents are nested paths. */
export function compileFields(spec: Doc, known: ReadonlySet<string>): Level {
  const root = newLevel();
  const visit = (doc: Doc, prefix: string): void => {
    for (const key of keysOf(doc)) {
      const value = doc[key]!;
      const path = prefix + key;
      if (isDoc(value) && !isExpressionDoc(value) && keysOf(value).length > 0) visit(value, `${path}.`);
      else place(root, path, compileExpression(value, known));
    }
  };
  visit(spec, '');
  return root;
}
