// From documents to BSON bytes, by the bson package.

import { BSONError, BSONVersionError, serialize } from 'bson';
import { QueryError, unsupported } from '../errors.ts';
import { hasOwnOrder, isDoc, keysOf, type Doc, type Value } from './values.ts';

const MAX_BYTES = 17 * 1024 * 1024;
const MAX_DEPTH = 200;

/** The BSON bytes of a document, in a buffer of their own: types and key order survive a round trip. */
export function write(doc: Doc): Uint8Array {
  const bytes = serialized(isPlain(doc, 0) ? doc : inMaps(doc, 0));
  // The package's own buffer has that size, and what does not fit is cut off.
  if (bytes.length >= MAX_BYTES) throw tooLarge();
  return bytes;
}

function serialized(doc: object): Uint8Array {
  try {
    return serialize(doc);
  } catch (error) {
    if (error instanceof BSONVersionError)
      throw unsupported('Writing the deprecated types undefined and dbPointer');
    if (error instanceof BSONError) throw new QueryError(2, error.message);
    throw error instanceof RangeError ? tooLarge() : error;
  }
}

function tooLarge(): QueryError {
  return new QueryError(10334, 'BSONObj size is invalid: a document may have 16 MB');
}

function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH) throw new QueryError(15, 'BSON nested too deeply');
}

// True where bson takes every document inside for one, and its keys in their order.
function isPlain(value: Value | undefined, depth: number): boolean {
  const isArray = Array.isArray(value);
  if (!isArray && !isDoc(value)) return true;
  checkDepth(depth);
  if (isArray) return value.every((element) => isPlain(element, depth + 1));
  if (hasOwnOrder(value) || '_bsontype' in value) return false;
  for (const key in value) if (!isPlain(value[key], depth + 1)) return false;
  return true;
}

function inMaps<T extends Value>(value: T, depth: number): T | Map<string, unknown> | unknown[] {
  const isArray = Array.isArray(value);
  if (!isArray && !isDoc(value)) return value;
  checkDepth(depth);
  if (isArray) return value.map((element) => inMaps(element, depth + 1));
  return new Map(keysOf(value).map((key) => [key, inMaps(value[key]!, depth + 1)]));
}
