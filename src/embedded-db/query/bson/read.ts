// The BSON decoder: strict about lengths and terminators, and without a detour through wrapper objects.

import {
  Binary,
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
import { BsonUndefined, newDoc, setField, type Doc, type Value } from './values.ts';
import { checkUtf8, FIXED_SIZES, invalid, regExpOf } from './checks.ts';
import { readKey } from './key-cache.ts';

const MAX_DEPTH = 200;

// One document is decoded at a time, so the position lives in the module: this halves the time per field.
let buffer: Buffer = Buffer.alloc(0);
let at = 0;
let end = 0;

/** Decodes `bytes` as one whole document, or only its top-level fields named in `only`. Malformed input is InvalidBSON (22). */
export function read(bytes: Uint8Array, only?: ReadonlySet<string>): Doc {
  buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  at = 0;
  end = buffer.length;
  if (end < 5 || buffer.readInt32LE(0) !== end) throw invalid('length differs from the size of the document');
  return readDoc(0, only);
}

function need(count: number): void {
  if (count < 0 || at + count > end) throw invalid('a value ends after its document');
}

function readLength(): number {
  need(4);
  const length = buffer[at]! | (buffer[at + 1]! << 8) | (buffer[at + 2]! << 16) | (buffer[at + 3]! << 24);
  at += 4;
  return length;
}

function openFrame(depth: number): number {
  if (depth > MAX_DEPTH) throw invalid('nested too deeply');
  const start = at;
  const length = readLength();
  if (length < 5 || start + length > end) throw invalid('embedded length out of range');
  if (buffer[start + length - 1] !== 0) throw invalid('missing terminator');
  return start + length;
}

function readDoc(depth: number, only?: ReadonlySet<string>): Doc {
  const outer = end;
  end = openFrame(depth);
  const doc = newDoc();
  for (;;) {
    const type = buffer[at++];
    if (type === 0 || type === undefined) break;
    const key = readName();
    if (only !== undefined && !only.has(key)) {
      skipValue(type, depth);
      continue;
    }
    const first = key.charCodeAt(0);
    const value = readValue(type, depth);
    if (first >= 48 && first <= 57) setField(doc, key, value);
    else doc[key] = value;
  }
  closeFrame(outer);
  return doc;
}

function readArray(depth: number): Value[] {
  const outer = end;
  end = openFrame(depth);
  const values: Value[] = [];
  for (;;) {
    const type = buffer[at++];
    if (type === 0 || type === undefined) break;
    skipName();
    values.push(readValue(type, depth));
  }
  closeFrame(outer);
  return values;
}

function closeFrame(outer: number): void {
  if (at !== end) throw invalid('a terminator before the end');
  end = outer;
}

function readName(): string {
  const start = at;
  let hash = 0;
  let byte = buffer[at];
  while (byte !== 0) {
    if (byte === undefined || at >= end) throw invalid('a field name without terminator');
    hash = (Math.imul(hash, 31) + byte) | 0;
    at += 1;
    byte = buffer[at];
  }
  at += 1;
  const name = readKey(buffer, start, at - 1, hash);
  if (name.includes('�')) checkUtf8(buffer, start, at - 1);
  return name;
}

function skipName(): void {
  while (at < end && buffer[at] !== 0) at += 1;
  if (at >= end) throw invalid('a field name without terminator');
  at += 1;
}

function readCString(): string {
  const start = at;
  skipName();
  const text = buffer.toString(undefined, start, at - 1);
  if (text.includes('�')) checkUtf8(buffer, start, at - 1);
  return text;
}

function readString(): string {
  const length = readLength();
  if (length < 1) throw invalid('a string without terminator');
  need(length);
  const start = at;
  at += length;
  if (buffer[at - 1] !== 0) throw invalid('a string without terminator');
  const text = buffer.toString(undefined, start, at - 1);
  if (text.includes('�')) checkUtf8(buffer, start, at - 1);
  return text;
}

function readDouble(): Value {
  need(8);
  const value = buffer.readDoubleLE(at);
  at += 8;
  return (value | 0) === value && !Object.is(value, -0) ? new Double(value) : value;
}

function readDate(): Date {
  need(8);
  const millis = buffer.readUInt32LE(at) + buffer.readInt32LE(at + 4) * 4294967296;
  at += 8;
  if (millis > 8.64e15 || millis < -8.64e15) throw invalid('a date beyond the year 275760');
  return new Date(millis);
}

function readBinary(): Binary {
  let length = readLength();
  need(length + 1);
  if (length < 0) throw invalid('negative length');
  const subType = buffer[at++]!;
  if (subType === 2) {
    const inner = readLength();
    if (inner !== length - 4) throw invalid('binary lengths differ');
    length = inner;
  }
  need(length);
  const binary = new Binary(Uint8Array.prototype.slice.call(buffer, at, at + length), subType);
  at += length;
  return binary;
}

function readObjectId(): ObjectId {
  need(12);
  const id = new ObjectId(Uint8Array.prototype.slice.call(buffer, at, at + 12));
  at += 12;
  return id;
}

function readInt64(): bigint {
  need(8);
  at += 8;
  return buffer.readBigInt64LE(at - 8);
}

function readCodeWithScope(depth: number): Code {
  const start = at;
  const length = readLength();
  if (length < 14 || start + length > end) throw invalid('code length out of range');
  const outer = end;
  end = start + length;
  const text = readString();
  const scope = readDoc(depth + 1);
  closeFrame(outer);
  return new Code(text, scope);
}

function readBoolean(): boolean {
  need(1);
  const byte = buffer[at++]!;
  if (byte > 1) throw invalid('a boolean that is neither 0 nor 1');
  return byte === 1;
}

const READERS: Readonly<Record<number, (depth: number) => Value>> = {
  0x01: readDouble,
  0x02: readString,
  0x03: (depth) => readDoc(depth + 1),
  0x04: (depth) => readArray(depth + 1),
  0x05: readBinary,
  0x06: () => new BsonUndefined(),
  0x07: readObjectId,
  0x08: readBoolean,
  0x09: readDate,
  0x0a: () => null,
  0x0b: () => regExpOf(readCString(), readCString()),
  0x0c: () => new DBRef(readString(), readObjectId()),
  0x0d: () => new Code(readString()),
  0x0e: () => new BSONSymbol(readString()),
  0x0f: readCodeWithScope,
  0x10: readLength,
  0x11: () => new Timestamp(BigInt.asUintN(64, readInt64())),
  0x12: readInt64,
  0x13: readDecimal,
  0x7f: () => new MaxKey(),
  0xff: () => new MinKey(),
};

function readDecimal(): Decimal128 {
  need(16);
  at += 16;
  return new Decimal128(Uint8Array.prototype.slice.call(buffer, at - 16, at));
}

function readValue(type: number, depth: number): Value {
  if (type === 0x02) return readString();
  const reader = READERS[type];
  if (reader === undefined) throw invalid(`type ${String(type)} does not exist`);
  return reader(depth);
}

// Passes over a value that nobody asked for; the sizes are BSON's.
function skipValue(type: number, depth: number): void {
  const size = FIXED_SIZES[type];
  if (size !== undefined) {
    need(size);
    at += size;
  } else if (type === 0x02 || type === 0x05) {
    const length = readLength() + (type === 0x05 ? 1 : 0);
    need(length);
    at += length;
  } else if (type === 0x03 || type === 0x04) at = openFrame(depth + 1);
  else readValue(type, depth);
}
