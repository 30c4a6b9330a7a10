// Documents as the embedded database holds them in memory, and their way from and to BSON bytes.

import { read } from './bson/read.ts';
import type { Doc } from './bson/values.ts';
import { write } from './bson/write.ts';

export {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
export {
  BsonUndefined,
  copyDoc,
  docOf,
  isDoc,
  keysOf,
  newDoc,
  setField,
  unsetField,
  type Doc,
  type NumberValue,
  type Value,
} from './bson/values.ts';

/** Decodes one BSON document; with `only`, other top-level fields are skipped. Malformed input is InvalidBSON (22). */
export function decode(bytes: Uint8Array, only?: ReadonlySet<string>): Doc {
  return read(bytes, only);
}

/** Encodes a document; types and key order survive a round trip. */
export function encode(doc: Doc): Uint8Array {
  return write(doc);
}
