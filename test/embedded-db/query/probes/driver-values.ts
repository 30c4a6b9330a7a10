// Values on their way to the official driver, which has no `undefined` of BSON's and orders keys as JavaScript does.
import {
  BsonUndefined,
  isDoc,
  keysOf,
  type Doc,
  type Value,
} from '../../../../src/embedded-db/query/bson.ts';

/** Thrown for a value that the driver cannot send. */
export class Unsendable extends Error {}

/** The value as the driver encodes it to the same bytes: a document whose keys have an order of their own becomes a Map. */
export function forDriver(value: Value): unknown {
  if (value instanceof BsonUndefined) throw new Unsendable('the driver cannot send undefined');
  if (Array.isArray(value)) return value.map(forDriver);
  if (!isDoc(value)) return value;
  const entries = keysOf(value).map((key) => [key, forDriver(value[key]!)] as const);
  const plain = Object.fromEntries(entries);
  const inOrder = Object.keys(plain).every((key, index) => key === entries[index]![0]);
  return inOrder ? plain : new Map(entries);
}

/** The documents as the driver takes them. */
export const docsForDriver = (docs: readonly Doc[]): object[] => docs.map((doc) => forDriver(doc) as object);
