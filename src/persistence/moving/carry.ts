// Turns the stored bytes of a document into one the driver writes back byte for byte.
import mongoose from 'mongoose';

const { BSON } = mongoose.mongo;

type Carried = Record<string, unknown>;

const EXACT = {
  promoteValues: false,
  promoteBuffers: false,
  bsonRegExp: true,
  validation: { utf8: false },
} as const;
const OBJECT = 3;
const ARRAY = 4;

/** A document that encodes to exactly these bytes, or null when the driver has none: retired types, text that is no UTF-8. */
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

// The driver writes the entries of a map: a field that is there twice is written twice.
class Fields extends Map<string, unknown> {
  readonly #all: [string, unknown][] = [];

  add(name: string, value: unknown): void {
    this.#all.push([name, value]);
  }

  override entries(): MapIterator<[string, unknown]> {
    return this.#all.values();
  }
}

function orderedMap(bytes: Uint8Array): Fields {
  const fields = new Fields();
  for (const [type, nameOffset, nameLength, offset, length] of BSON.onDemand.parseToElements(bytes)) {
    const name = Buffer.from(bytes.subarray(nameOffset, nameOffset + nameLength)).toString('utf8');
    const value = bytes.subarray(offset, offset + length);
    if (type === OBJECT) fields.add(name, orderedMap(value));
    else if (type === ARRAY)
      fields.add(
        name,
        Array.from(orderedMap(value).entries(), ([, one]) => one),
      );
    else fields.add(name, only(bytes.subarray(nameOffset - 1, offset + length))[name]);
  }
  return fields;
}

// One element as a document of its own.
function only(element: Uint8Array): Carried {
  const length = Buffer.alloc(4);
  length.writeInt32LE(element.length + 5);
  return BSON.deserialize(Buffer.concat([length, element, Buffer.of(0)]), EXACT);
}
