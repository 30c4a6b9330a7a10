// Documents as the embedded database holds them in memory, and their way from and to BSON bytes.

export {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
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
  DbPointer,
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
export { read as decode } from './bson/read.ts';
export { write as encode } from './bson/write.ts';
