// The BSON encoder, writing into one scratch buffer that grows and is used again.

import {
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
import { BsonUndefined, isDoc, keysOf, type Doc, type Value } from './values.ts';
import { QueryError } from '../errors.ts';

const KEEP = 4 * 1024 * 1024;
const MAX_DEPTH = 200;

let scratch = Buffer.allocUnsafeSlow(64 * 1024);
let at = 0;

/** The BSON bytes of a document, in a buffer of their own: types and key order survive a round trip. */
export function write(doc: Doc): Uint8Array {
  at = 0;
  writeDoc(doc, 0);
  const bytes = Buffer.allocUnsafeSlow(at);
  scratch.copy(bytes, 0, 0, at);
  if (scratch.length > KEEP) scratch = Buffer.allocUnsafeSlow(64 * 1024);
  return bytes;
}

function room(count: number): void {
  if (at + count <= scratch.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(scratch.length * 2, at + count));
  scratch.copy(larger, 0, 0, at);
  scratch = larger;
}

function writeDoc(doc: Doc, depth: number): void {
  if (depth > MAX_DEPTH) throw new QueryError(15, 'BSON nested too deeply');
  const start = openFrame();
  for (const key of keysOf(doc)) {
    const value = doc[key];
    if (value !== undefined) writeElement(key, value, depth);
  }
  closeFrame(start);
}

function writeArray(values: readonly (Value | undefined)[], depth: number): void {
  if (depth > MAX_DEPTH) throw new QueryError(15, 'BSON nested too deeply');
  const start = openFrame();
  for (let index = 0; index < values.length; index += 1) {
    writeElement(String(index), values[index] ?? null, depth);
  }
  closeFrame(start);
}

function openFrame(): number {
  room(4);
  at += 4;
  return at - 4;
}

function closeFrame(start: number): void {
  room(1);
  scratch[at++] = 0;
  scratch.writeInt32LE(at - start, start);
}

function writeCString(text: string): void {
  const most = text.length * 3 + 1;
  room(most);
  const start = at;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0) throw new QueryError(2, 'a field name or pattern must not hold a zero byte');
    if (code >= 0x80) {
      at = start + scratch.write(text, start, most);
      break;
    }
    scratch[at++] = code;
  }
  scratch[at++] = 0;
}

function writeString(text: string): void {
  const most = text.length * 3;
  room(most + 5);
  const length = scratch.write(text, at + 4, most);
  scratch.writeInt32LE(length + 1, at);
  at += length + 4;
  scratch[at++] = 0;
}

function tag(type: number, key: string, size: number): void {
  room(1);
  scratch[at++] = type;
  writeCString(key);
  room(size);
}

function writeNumber(key: string, value: number): void {
  if ((value | 0) === value && !Object.is(value, -0)) {
    tag(0x10, key, 4);
    at = scratch.writeInt32LE(value, at);
    return;
  }
  writeDouble(key, value);
}

function writeDouble(key: string, value: number): void {
  tag(0x01, key, 8);
  at = scratch.writeDoubleLE(value, at);
}

function writeInt64(type: number, key: string, value: bigint): void {
  tag(type, key, 8);
  at = scratch.writeBigInt64LE(BigInt.asIntN(64, value), at);
}

function writeElement(key: string, value: Value, depth: number): void {
  switch (typeof value) {
    case 'string':
      tag(0x02, key, 0);
      writeString(value);
      return;
    case 'number':
      writeNumber(key, value);
      return;
    case 'boolean':
      tag(0x08, key, 1);
      scratch[at++] = value ? 1 : 0;
      return;
    case 'bigint':
      writeInt64(0x12, key, value);
      return;
    default:
      writeObject(key, value, depth);
  }
}

function writeObject(key: string, value: Value, depth: number): void {
  if (value === null) return tag(0x0a, key, 0);
  if (Array.isArray(value)) {
    tag(0x04, key, 0);
    return writeArray(value, depth + 1);
  }
  if (isDoc(value)) {
    tag(0x03, key, 0);
    return writeDoc(value, depth + 1);
  }
  if (value instanceof Date) return writeInt64(0x09, key, BigInt(dateMillis(value)));
  if (value instanceof ObjectId) {
    tag(0x07, key, 12);
    scratch.set(value.id, at);
    at += 12;
    return;
  }
  if (value instanceof Double) return writeDouble(key, value.value);
  if (value instanceof Decimal128) {
    tag(0x13, key, 16);
    scratch.set(value.bytes, at);
    at += 16;
    return;
  }
  if (value instanceof Timestamp) return writeInt64(0x11, key, value.toBigInt());
  if (value instanceof Binary) return writeBinary(key, value);
  writeRareObject(key, value, depth);
}

function dateMillis(date: Date): number {
  const millis = date.getTime();
  if (Number.isNaN(millis)) throw new QueryError(2, 'an invalid date cannot be stored');
  return millis;
}

function writeBinary(key: string, value: Binary): void {
  const bytes = value.buffer.subarray(0, value.position);
  const old = value.sub_type === 2;
  tag(0x05, key, bytes.length + 9);
  at = scratch.writeInt32LE(old ? bytes.length + 4 : bytes.length, at);
  scratch[at++] = value.sub_type;
  if (old) at = scratch.writeInt32LE(bytes.length, at);
  scratch.set(bytes, at);
  at += bytes.length;
}

function writeRareObject(key: string, value: unknown, depth: number): void {
  if (value instanceof BSONRegExp) {
    tag(0x0b, key, 0);
    writeCString(value.pattern);
    writeCString(value.options);
  } else if (value instanceof MinKey) tag(0xff, key, 0);
  else if (value instanceof MaxKey) tag(0x7f, key, 0);
  else if (value instanceof BSONSymbol) {
    tag(0x0e, key, 0);
    writeString(value.value);
  } else if (value instanceof BsonUndefined) tag(0x06, key, 0);
  else if (value instanceof Code) writeCode(key, value, depth);
  else if (value instanceof DBRef) {
    tag(0x0c, key, 0);
    writeString(value.collection);
    room(12);
    scratch.set(value.oid.id, at);
    at += 12;
  } else throw new QueryError(2, 'a value that BSON does not know');
}

function writeCode(key: string, value: Code, depth: number): void {
  if (value.scope === null) {
    tag(0x0d, key, 0);
    return writeString(value.code);
  }
  tag(0x0f, key, 0);
  const start = at;
  room(4);
  at += 4;
  writeString(value.code);
  writeDoc(value.scope as Doc, depth + 1);
  scratch.writeInt32LE(at - start, start);
}
