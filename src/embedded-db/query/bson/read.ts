// From BSON bytes to documents: the bson package finds the elements and their sizes, this makes their values.

import {
  Binary,
  BSONError,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  MaxKey,
  MinKey,
  ObjectId,
  onDemand,
  Timestamp,
} from 'bson';
import { QueryError } from '../errors.ts';
import { BsonUndefined, DbPointer, newDoc, setField, type Doc, type Value } from './values.ts';

const { ByteUtils, parseToElements } = onDemand;
const MAX_DEPTH = 200;

/** Decodes `bytes` as one whole document, or only its top-level fields named in `only`. Malformed input is InvalidBSON (22). */
export function read(bytes: Uint8Array, only?: ReadonlySet<string>): Doc {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (buffer.length < 5 || buffer.readInt32LE(0) !== buffer.length)
      throw invalid('length differs from the size of the document');
    return readDoc(buffer, 0, 0, only);
  } catch (error) {
    throw error instanceof BSONError ? invalid(error.message) : error;
  }
}

function invalid(why: string): QueryError {
  return new QueryError(22, `invalid BSON: ${why}`);
}

function elementsAt(buffer: Buffer, at: number, depth: number): ReturnType<typeof parseToElements> {
  if (depth > MAX_DEPTH) throw invalid('nested too deeply');
  return parseToElements(buffer, at);
}

// Names recur in every document: as the same string object they are quicker to make and to set.
const NAMES = new Array<string | undefined>(8192);

function readName(buffer: Buffer, at: number, length: number): string {
  let hash = length;
  for (let i = at; i < at + length; i += 1) hash = (Math.imul(hash, 31) + buffer[i]!) | 0;
  const slot = hash & (NAMES.length - 1);
  const known = NAMES[slot];
  if (known?.length === length) {
    let i = 0;
    while (i < length && known.charCodeAt(i) === buffer[at + i]) i += 1;
    if (i === length) return known;
  }
  const name = ByteUtils.toUTF8(buffer, at, at + length, true);
  // As many characters as bytes: all of them are ASCII, which the comparison above relies on.
  if (name.length === length) NAMES[slot] = name;
  return name;
}

function readDoc(buffer: Buffer, start: number, depth: number, only?: ReadonlySet<string>): Doc {
  const doc = newDoc();
  // By place: taking the elements apart as lists would cost a third of the time.
  for (const element of elementsAt(buffer, start, depth)) {
    const name = readName(buffer, element[1], element[2]);
    if (only !== undefined && !only.has(name)) continue;
    setField(doc, name, readValue(buffer, element[0], element[3], element[4], depth));
  }
  return doc;
}

function readArray(buffer: Buffer, start: number, depth: number): Value[] {
  const values: Value[] = [];
  for (const element of elementsAt(buffer, start, depth))
    values.push(readValue(buffer, element[0], element[3], element[4], depth));
  return values;
}

function readValue(buffer: Buffer, type: number, at: number, length: number, depth: number): Value {
  switch (type) {
    case 0x01:
      return readDouble(buffer, at);
    case 0x02:
      return readText(buffer, at);
    case 0x03:
      return readDoc(buffer, at, depth + 1);
    case 0x04:
      return readArray(buffer, at, depth + 1);
    case 0x07:
      return new ObjectId(bytesOf(buffer, at, 12));
    case 0x08:
      return readBoolean(buffer, at);
    case 0x09:
      return readDate(buffer, at);
    case 0x0a:
      return null;
    case 0x10:
      return buffer.readInt32LE(at);
    case 0x12:
      return buffer.readBigInt64LE(at);
    default:
      return readRareValue(buffer, type, at, length, depth);
  }
}

function readRareValue(buffer: Buffer, type: number, at: number, length: number, depth: number): Value {
  switch (type) {
    case 0x05:
      return readBinary(buffer, at, length);
    case 0x06:
      return new BsonUndefined();
    case 0x0b:
      return readRegExp(buffer, at, length);
    case 0x0c:
      return new DbPointer(readText(buffer, at), bytesOf(buffer, at + length - 12, 12));
    case 0x0d:
      return new Code(readText(buffer, at));
    case 0x0e:
      return new BSONSymbol(readText(buffer, at));
    case 0x0f:
      return readCodeWithScope(buffer, at, length, depth);
    case 0x11:
      return new Timestamp(buffer.readBigUInt64LE(at));
    case 0x13:
      return new Decimal128(bytesOf(buffer, at, 16));
    default:
      return type === 0x7f ? new MaxKey() : new MinKey();
  }
}

function bytesOf(buffer: Buffer, at: number, length: number): Uint8Array {
  return Uint8Array.prototype.slice.call(buffer, at, at + length);
}

function readText(buffer: Buffer, at: number): string {
  const end = at + 3 + buffer.readInt32LE(at);
  if (end < at + 4 || buffer[end] !== 0) throw invalid('a string without terminator');
  const text = buffer.toString(undefined, at + 4, end);
  return text.includes('\ufffd') ? ByteUtils.toUTF8(buffer, at + 4, end, true) : text;
}

function readDouble(buffer: Buffer, at: number): Value {
  const value = buffer.readDoubleLE(at);
  return (value | 0) === value && !Object.is(value, -0) ? new Double(value) : value;
}

function readBoolean(buffer: Buffer, at: number): boolean {
  if (buffer[at]! > 1) throw invalid('a boolean that is neither 0 nor 1');
  return buffer[at] === 1;
}

function readDate(buffer: Buffer, at: number): Date {
  const date = new Date(buffer.readUInt32LE(at) + buffer.readInt32LE(at + 4) * 4294967296);
  if (Number.isNaN(date.getTime())) throw invalid('a date beyond the year 275760');
  return date;
}

// The deprecated subtype 2 states the length of its bytes once more.
function readBinary(buffer: Buffer, at: number, length: number): Binary {
  const subType = buffer[at + 4]!;
  const old = subType === 2 ? 4 : 0;
  if (old > 0 && (length < 9 || buffer.readInt32LE(at + 5) !== length - 9))
    throw invalid('binary lengths differ');
  return new Binary(bytesOf(buffer, at + 5 + old, length - 5 - old), subType);
}

function readRegExp(buffer: Buffer, at: number, length: number): BSONRegExp {
  const end = buffer.indexOf(0, at);
  const pattern = ByteUtils.toUTF8(buffer, at, end, true);
  return new BSONRegExp(pattern, ByteUtils.toUTF8(buffer, end + 1, at + length - 1, true));
}

function readCodeWithScope(buffer: Buffer, at: number, length: number, depth: number): Code {
  const scopeAt = at + 8 + (length < 14 ? length : buffer.readInt32LE(at + 4));
  if (scopeAt + 5 > at + length || scopeAt + buffer.readInt32LE(scopeAt) !== at + length)
    throw invalid('code lengths differ');
  return new Code(readText(buffer, at + 4), readDoc(buffer, scopeAt, depth + 1));
}
