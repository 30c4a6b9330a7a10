// $unwind.

import { copyDoc, isDoc, keysOf, setField, unsetField, type Doc, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { readPath } from '../paths.ts';
import { isNullish } from '../types.ts';
import type { StageCompiler } from './stage.ts';

const FIELDS = ['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'];

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
  const spec = typeof operand === 'string' ? { path: operand } : operand;
  if (!isDoc(spec)) throw new QueryError(15981, '$unwind needs a string or an object');
  const { path, includeArrayIndex: index, preserveNullAndEmptyArrays: keep = false } = spec;
  const unknown = keysOf(spec).find((key) => !FIELDS.includes(key));
  if (unknown !== undefined) throw new QueryError(28811, `unrecognized option to $unwind stage: ${unknown}`);
  if (path === undefined) throw new QueryError(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string') throw new QueryError(28808, `$unwind's path must be a string`);
  if (!path.startsWith('$')) throw new QueryError(28818, `$unwind's path must begin with a '$': ${path}`);
  if (typeof keep !== 'boolean')
    throw new QueryError(28809, `$unwind's preserveNullAndEmptyArrays must be a boolean`);
  if (index !== undefined && (typeof index !== 'string' || index === ''))
    throw new QueryError(28810, `$unwind's includeArrayIndex must be a non-empty string`);
  if (index?.startsWith('$') === true)
    throw new QueryError(28822, `$unwind's includeArrayIndex must not begin with a '$': ${index}`);
  return { parts: path.slice(1).split('.'), index, keepEmpty: keep };
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
