// A projection's tree applied to a document.

import { copyDoc, isDoc, keysOf, newDoc, setField, unsetField, type Doc, type Value } from '../bson.ts';
import type { Level } from './tree.ts';

/** The fields that the level names, in the document's order; elements of arrays that are no documents are dropped. */
export function includeFields(doc: Doc, level: Level): Doc {
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

/** The document without the fields that the level names. */
export function excludeFields(doc: Doc, level: Level): Doc {
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
