// Turns the stored bytes of a document into one the driver writes back byte for byte.
import mongoose from 'mongoose';

const { BSON } = mongoose.mongo;

type Carried = Record<string, unknown>;

const EXACT = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;
const OBJECT = 3;
const ARRAY = 4;

/** A document that encodes to exactly these bytes, or null when the driver has none (retired BSON types). */
export function carry(bytes: Uint8Array): Carried | null {
  for (const decode of [inPlainObjects, inOrder]) {
    const document = decode(bytes);
    if (Buffer.compare(BSON.serialize(document), bytes) === 0) return document;
  }
  return null;
}

const inPlainObjects = (bytes: Uint8Array): Carried => BSON.deserialize(bytes, EXACT);

// An object puts keys that look like numbers first, so such documents travel as maps; the driver takes them as documents.
const inOrder = (bytes: Uint8Array): Carried => orderedMap(bytes) as unknown as Carried;

function orderedMap(bytes: Uint8Array): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [type, nameOffset, nameLength, offset, length] of BSON.onDemand.parseToElements(bytes)) {
    const name = Buffer.from(bytes.subarray(nameOffset, nameOffset + nameLength)).toString('utf8');
    const value = bytes.subarray(offset, offset + length);
    if (type === OBJECT) fields.set(name, orderedMap(value));
    else if (type === ARRAY) fields.set(name, [...orderedMap(value).values()]);
    else fields.set(name, only(bytes.subarray(nameOffset - 1, offset + length))[name]);
  }
  return fields;
}

// One element as a document of its own.
function only(element: Uint8Array): Carried {
  const length = Buffer.alloc(4);
  length.writeInt32LE(element.length + 5);
  return BSON.deserialize(Buffer.concat([length, element, Buffer.of(0)]), EXACT);
}
