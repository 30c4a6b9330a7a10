// Order-preserving key bytes for BSON values: comparing bytes gives MongoDB's total order of values.
import { BsonUndefined, isDoc, keysOf, type Doc, type Value } from '../query/bson.ts';
import { byteWriter, type ByteWriter } from './byte-writer.ts';
import { numberParts } from './number-key.ts';

/** The first byte of every encoded value. Gaps leave room; 0x00 ends objects and arrays, 0xff is above everything. */
export const RANK = {
  minKey: 0x05,
  emptyArray: 0x08,
  null: 0x10,
  number: 0x18,
  string: 0x20,
  object: 0x28,
  array: 0x30,
  binary: 0x38,
  objectId: 0x40,
  boolean: 0x48,
  date: 0x50,
  timestamp: 0x58,
  regex: 0x60,
  dbPointer: 0x64,
  code: 0x68,
  codeWithScope: 0x70,
  maxKey: 0xf0,
} as const;

const END = 0x00;

const shared = byteWriter();

/** Key bytes of one value; a missing field (`undefined`) counts as null. */
export function encodeValue(value: Value | undefined): Buffer {
  writeValue(shared, value);
  return shared.take();
}

/** Appends the key bytes of `value`; an index stores `BsonUndefined` for an empty array, which sorts below null. */
export function writeValue(out: ByteWriter, value: Value | undefined): void {
  if (value === null || value === undefined) return out.byte(RANK.null);
  switch (typeof value) {
    case 'string':
      return writeString(out, RANK.string, value);
    case 'number':
    case 'bigint':
      return writeNumber(out, value);
    case 'boolean':
      out.byte(RANK.boolean);
      return out.byte(value ? 1 : 0);
    default:
      return writeObject(out, value);
  }
}

function writeObject(
  out: ByteWriter,
  value: Exclude<Value, null | string | number | bigint | boolean>,
): void {
  if (Array.isArray(value)) {
    out.byte(RANK.array);
    for (const item of value) writeValue(out, item);
    return out.byte(END);
  }
  if (value instanceof Date) {
    out.byte(RANK.date);
    return out.sortableDouble(value.getTime());
  }
  if (value instanceof BsonUndefined) return out.byte(RANK.emptyArray);
  if (isDoc(value)) return writeDocument(out, value);
  switch (value._bsontype) {
    case 'Double':
    case 'Decimal128':
      return writeNumber(out, value);
    case 'ObjectId':
      out.byte(RANK.objectId);
      return out.bytes(value.id);
    case 'Binary':
      out.byte(RANK.binary);
      out.uint32(value.position);
      out.byte(value.sub_type);
      return out.bytes(value.buffer.subarray(0, value.position));
    case 'Timestamp':
      out.byte(RANK.timestamp);
      out.uint32(value.high);
      return out.uint32(value.low);
    case 'BSONRegExp':
      out.byte(RANK.regex);
      writeEscaped(out, value.pattern);
      return writeEscaped(out, value.options);
    case 'BSONSymbol':
      return writeString(out, RANK.string, value.value);
    case 'MinKey':
      return out.byte(RANK.minKey);
    case 'MaxKey':
      return out.byte(RANK.maxKey);
    case 'Code':
      writeString(out, value.scope ? RANK.codeWithScope : RANK.code, value.code);
      return value.scope ? writeValue(out, value.scope as Doc) : undefined;
    case 'DBRef':
      return writeDocument(out, value.toJSON() as unknown as Doc);
  }
}

function writeDocument(out: ByteWriter, doc: Doc): void {
  out.byte(RANK.object);
  for (const name of keysOf(doc)) {
    const item = doc[name];
    if (item === undefined) continue;
    out.byte(rankOf(item));
    writeEscaped(out, name);
    writeValue(out, item);
  }
  out.byte(END);
}

function writeNumber(out: ByteWriter, value: Value): void {
  const parts = numberParts(value);
  if (!parts) throw new TypeError('not a number');
  out.byte(RANK.number);
  if (Number.isNaN(parts.nearest)) return void out.bytes(NAN);
  out.sortableDouble(parts.nearest);
  out.byte(0x80 + parts.restSign);
  if (parts.restSign === 0) return;
  out.sortableDouble(parts.rest[0]);
  out.sortableDouble(parts.rest[1]);
}

const NAN = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0x80]);

function writeString(out: ByteWriter, rank: number, value: string): void {
  out.byte(rank);
  writeEscaped(out, value);
}

// NUL becomes 00 ff and the end is 00 00, so that a prefix sorts before its extensions.
function writeEscaped(out: ByteWriter, value: string): void {
  if (!value.includes('\0')) out.utf8(value);
  else {
    for (const part of value.split(/(\0)/)) {
      out.utf8(part);
      if (part === '\0') out.byte(0xff);
    }
  }
  out.byte(0);
  out.byte(0);
}

const probe = byteWriter();

/** The rank byte a value's key starts with: its place in the order of types. */
export function rankOf(value: Value): number {
  if (Array.isArray(value)) return RANK.array;
  if (isDoc(value)) return RANK.object;
  writeValue(probe, value);
  return probe.take()[0] ?? 0;
}
