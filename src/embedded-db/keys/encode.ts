// Order-preserving key bytes for BSON values: comparing bytes gives MongoDB's total order of values.
import { isDoc, keysOf, type Doc, type Value } from '../query/bson.ts';
import { RANK, rankOf } from '../query/types.ts';
import { byteWriter, type ByteWriter } from './byte-writer.ts';
import { writeNumber } from './number-key.ts';

const END = 0x00;

const shared = byteWriter();

/** Key bytes of one value; a missing field (`undefined`) counts as null. */
export function encodeValue(value: Value | undefined): Buffer {
  writeValue(shared, value);
  return shared.take();
}

/** Appends the key bytes of `value`; an index stores `BsonUndefined` for an empty array, which sorts below null. */
export function writeValue(out: ByteWriter, value: Value | undefined): void {
  if (value === undefined) return out.byte(RANK.null);
  const rank = rankOf(value);
  out.byte(rank);
  switch (typeof value) {
    case 'string':
      return writeText(out, value);
    case 'number':
    case 'bigint':
      return writeNumber(out, value);
    case 'boolean':
      return out.byte(value ? 1 : 0);
    default:
      return value === null ? undefined : writeObject(out, value);
  }
}

function writeObject(
  out: ByteWriter,
  value: Exclude<Value, null | string | number | bigint | boolean>,
): void {
  if (Array.isArray(value)) {
    for (const item of value) writeValue(out, item);
    return out.byte(END);
  }
  if (value instanceof Date) return out.sortableDouble(value.getTime());
  if (isDoc(value)) return writeDocument(out, value);
  switch (value._bsontype) {
    case 'Double':
    case 'Decimal128':
      return writeNumber(out, value);
    case 'ObjectId':
      return out.bytes(value.id);
    case 'Binary':
      out.uint32(value.position);
      out.byte(value.sub_type);
      return out.bytes(value.buffer.subarray(0, value.position));
    case 'Timestamp':
      out.uint32(value.high);
      return out.uint32(value.low);
    case 'BSONRegExp':
      writeText(out, value.pattern);
      return writeText(out, value.options);
    case 'BSONSymbol':
      return writeText(out, value.value);
    case 'Code':
      writeText(out, value.code);
      return value.scope ? writeValue(out, value.scope as Doc) : undefined;
    case 'DBPointer':
      writeText(out, value.collection);
      return out.bytes(value.id);
  }
}

function writeDocument(out: ByteWriter, doc: Doc): void {
  for (const name of keysOf(doc)) {
    const item = doc[name];
    if (item === undefined) continue;
    out.byte(rankOf(item));
    writeText(out, name);
    writeValue(out, item);
  }
  out.byte(END);
}

// NUL becomes 00 ff and the end is 00 00, so that a prefix sorts before its extensions.
function writeText(out: ByteWriter, text: string): void {
  if (!text.includes('\0')) out.utf8(text);
  else {
    for (const part of text.split(/(\0)/)) {
      out.utf8(part);
      if (part === '\0') out.byte(0xff);
    }
  }
  out.byte(0);
  out.byte(0);
}
