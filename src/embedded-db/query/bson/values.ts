// What a document is in memory: every BSON type keeps its identity and every key its place.

import type {
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

/** BSON's deprecated "undefined", kept apart from a missing field (which is JavaScript's `undefined`). */
export class BsonUndefined {
  readonly _bsontype = 'Undefined';
}

/** BSON's deprecated pointer to a document of a collection. */
export class DbPointer {
  readonly _bsontype = 'DBPointer';
  readonly collection: string;
  readonly id: Uint8Array;

  constructor(collection: string, id: Uint8Array) {
    this.collection = collection;
    this.id = id;
  }
}

/**
 * A BSON value. A number is an int32 when it is a whole number of that range (and not -0), else a double;
 * `Double` wraps only the doubles that would look like an int32. int64 is `bigint`.
 */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Double
  | Decimal128
  | Date
  | ObjectId
  | Binary
  | BSONRegExp
  | Timestamp
  | MinKey
  | MaxKey
  | Code
  | BSONSymbol
  | DbPointer
  | BsonUndefined
  | Value[]
  | Doc;

/** Every kind of BSON number. */
export type NumberValue = number | bigint | Double | Decimal128;

/** A document. A missing field reads as `undefined`; use `keysOf`, `setField` and `unsetField` where key order counts. */
export interface Doc {
  [key: string]: Value;
}

// JavaScript lists integer-like keys first; a document that holds them in another order remembers it here.
const KEY_ORDER = Symbol('key order');
interface Ordered {
  [KEY_ORDER]?: string[];
}

const Fields = function () {} as unknown as { new (): Doc; prototype: object };
Fields.prototype = Object.create(null) as object;

/** An empty document without inherited fields, so that a field may be called anything. */
export function newDoc(): Doc {
  return new Fields();
}

/** True for documents (not arrays, dates or other BSON values), whatever their fields are called. */
export function isDoc(value: unknown): value is Doc {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Fields.prototype || prototype === Object.prototype || prototype === null;
}

/** The keys of a document in their BSON order. */
export function keysOf(doc: Doc): string[] {
  const order = (doc as Ordered)[KEY_ORDER];
  if (order === undefined) return Object.keys(doc);
  const kept = order.filter((key) => Object.hasOwn(doc, key));
  if (kept.length === Object.keys(doc).length) return kept;
  const seen = new Set(kept);
  return [...kept, ...Object.keys(doc).filter((key) => !seen.has(key))];
}

/** True where JavaScript would list the keys in another order. */
export function hasOwnOrder(doc: Doc): boolean {
  return KEY_ORDER in doc;
}

/** Sets a field: in place where the key exists, else as the last one. */
export function setField(doc: Doc, key: string, value: Value): void {
  const first = key.charCodeAt(0);
  if (first >= 48 && first <= 57 && !Object.hasOwn(doc, key)) rememberOrder(doc, key);
  doc[key] = value;
}

/** Removes a field, forgetting its place. */
export function unsetField(doc: Doc, key: string): void {
  delete doc[key];
  const order = (doc as Ordered)[KEY_ORDER];
  if (order !== undefined) (doc as Ordered)[KEY_ORDER] = order.filter((kept) => kept !== key);
}

function rememberOrder(doc: Doc, key: string): void {
  const order = (doc as Ordered)[KEY_ORDER];
  if (order !== undefined) {
    (doc as Ordered)[KEY_ORDER] = [...keysOf(doc), key];
    return;
  }
  if (!isArrayIndexKey(key)) return;
  const keys = Object.keys(doc);
  const last = keys.at(-1);
  if (last === undefined || (isArrayIndexKey(last) && Number(last) < Number(key))) return;
  (doc as Ordered)[KEY_ORDER] = [...keys, key];
}

function isArrayIndexKey(key: string): boolean {
  const index = Number(key);
  return index >= 0 && index < 4294967295 && String(index) === key;
}

/** A shallow copy with the same key order. */
export function copyDoc(doc: Doc): Doc {
  return Object.assign(newDoc(), doc);
}

/** The document of a list of fields, in that order. */
export function docOf(entries: Iterable<readonly [string, Value]>): Doc {
  const doc = newDoc();
  for (const [key, value] of entries) setField(doc, key, value);
  return doc;
}
