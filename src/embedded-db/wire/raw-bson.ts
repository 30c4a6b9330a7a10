// Walks and builds BSON at its top level without decoding values.
import { CommandError } from '../errors.ts';
import { FIXED_SIZES } from '../query/bson/checks.ts';

interface RawElement {
  readonly type: number;
  readonly name: string;
  readonly value: Buffer;
}

/** The elements of a BSON document in order, their values as bytes. InvalidBSON (22) when it is malformed. */
export function topLevel(document: Buffer): RawElement[] {
  if (document.length < 5 || document.readInt32LE(0) !== document.length) throw malformed();
  const elements: RawElement[] = [];
  const end = document.length - 1;
  for (let at = 4; at < end;) {
    const type = document[at] ?? 0;
    const nameEnd = document.indexOf(0, at + 1);
    if (nameEnd < 0) throw malformed();
    const from = nameEnd + 1;
    const length = valueLength(document, type, from);
    if (length < 0 || from + length > end) throw malformed();
    elements.push({
      type,
      name: document.toString('utf8', at + 1, nameEnd),
      value: document.subarray(from, from + length),
    });
    at = from + length;
  }
  return elements;
}

/** The documents of a BSON array of documents, as bytes. */
export function arrayElements(array: Buffer): Buffer[] {
  return topLevel(array).map(({ type, value }) => {
    if (type !== 3)
      throw new CommandError(
        14,
        "BSON field 'insert.documents' is the wrong type, expected an array of objects",
      );
    return value;
  });
}

function valueLength(bytes: Buffer, type: number, at: number): number {
  const size = FIXED_SIZES[type];
  if (size !== undefined) return size;
  switch (type) {
    case 0x02:
    case 0x0d:
    case 0x0e:
      return 4 + bytes.readInt32LE(at);
    case 0x03:
    case 0x04:
    case 0x0f:
      return bytes.readInt32LE(at);
    case 0x05:
      return 5 + bytes.readInt32LE(at);
    case 0x0b: {
      const first = bytes.indexOf(0, at);
      return first < 0 ? -1 : bytes.indexOf(0, first + 1) + 1 - at;
    }
    case 0x0c:
      return 4 + bytes.readInt32LE(at) + 12;
    default:
      return -1;
  }
}

function malformed(): CommandError {
  return new CommandError(22, 'invalid BSON');
}

const END = Buffer.alloc(1);

/** A BSON document of ready-made elements. */
export function documentOf(elements: readonly Uint8Array[]): Buffer {
  const length = elements.reduce((sum, element) => sum + element.length, 5);
  const head = Buffer.allocUnsafe(4);
  head.writeInt32LE(length);
  return Buffer.concat([head, ...elements, END], length);
}

/** The element `name` of the given type. */
export function element(type: number, name: string, value: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(type), Buffer.from(`${name}\0`), value]);
}

/** A BSON array of documents that are bytes already. */
export function arrayOf(documents: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  documents.forEach((document, i) => parts.push(Buffer.from(`\u0003${i}\0`, 'latin1'), document));
  return documentOf(parts);
}
