// $unwind.

import { copyDoc, isDoc, keysOf, setField, unsetField, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { isNullish, typeName } from '../types.ts';
import type { StageCompiler } from './stage.ts';

interface UnwindOptions {
  parts: string[];
  index: string | undefined;
  keepEmpty: boolean;
}

export const unwind: StageCompiler = (operand) => {
  const { parts, index, keepEmpty } = optionsOf(operand);
  const withIndex = (doc: Doc, position: bigint | null): Doc =>
    index === undefined ? doc : setPath(doc, index.split('.'), position);
  return function* (source) {
    for (const doc of source) {
      const value = readPath(doc, parts);
      if (Array.isArray(value) && value.length > 0) {
        for (let at = 0; at < value.length; at += 1) {
          yield withIndex(setPath(doc, parts, value[at]), BigInt(at));
        }
      } else if (!Array.isArray(value) && !isNullish(value)) yield withIndex(doc, null);
      else if (keepEmpty) yield withIndex(Array.isArray(value) ? setPath(doc, parts, undefined) : doc, null);
    }
  };
};

function optionsOf(operand: Value): UnwindOptions {
  if (typeof operand === 'string') return { parts: partsOf(operand), index: undefined, keepEmpty: false };
  if (!isDoc(operand)) {
    throw new QueryError(
      15981,
      `expected either a string or an object as specification for $unwind stage, got ${typeName(operand)}`,
    );
  }
  const { path, includeArrayIndex: index, preserveNullAndEmptyArrays: keep } = operand;
  const unknown = keysOf(operand).find(
    (key) => !['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(key),
  );
  if (unknown !== undefined) throw new QueryError(28811, `unrecognized option to $unwind stage: ${unknown}`);
  if (path === undefined) throw new QueryError(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string')
    throw new QueryError(28808, `expected a string as the path for $unwind stage, got ${typeName(path)}`);
  if (keep !== undefined && typeof keep !== 'boolean') {
    throw new QueryError(
      28809,
      'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage',
    );
  }
  if (index !== undefined && (typeof index !== 'string' || index === '')) {
    throw new QueryError(
      28810,
      'expected a non-empty string for the includeArrayIndex option to $unwind stage',
    );
  }
  if (typeof index === 'string' && index.startsWith('$')) {
    throw new QueryError(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${index}`,
    );
  }
  return { parts: partsOf(path), index, keepEmpty: keep === true };
}

function partsOf(path: string): string[] {
  if (!path.startsWith('$'))
    throw new QueryError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  return path.slice(1).split('.');
}

function readPath(doc: Doc, parts: readonly string[]): Value | undefined {
  let value: Value | undefined = doc;
  for (const part of parts) {
    if (!isDoc(value)) return undefined;
    value = value[part];
  }
  return value;
}

/** A copy of the document with the value at a path (through documents only); `undefined` removes the field. */
export function setPath(doc: Doc, [part, ...rest]: readonly string[], value: Value | undefined): Doc {
  const copy = copyDoc(doc);
  if (rest.length > 0) {
    const child = doc[part!];
    setField(copy, part!, setPath(isDoc(child) ? child : {}, rest, value));
  } else if (value === undefined) unsetField(copy, part!);
  else setField(copy, part!, value);
  return copy;
}
