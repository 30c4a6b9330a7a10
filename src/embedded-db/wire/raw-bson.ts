// Walks and builds BSON at its top level without decoding values.
import { onDemand } from 'bson';
import { CommandError } from '../errors.ts';

interface RawElement {
  readonly type: number;
  readonly name: string;
  readonly value: Buffer;
}

/** The elements of a BSON document in order, their values as bytes. InvalidBSON (22) when it is malformed. */
export function topLevel(document: Buffer): RawElement[] {
  if (document.length < 5 || document.readInt32LE(0) !== document.length) throw malformed();
  try {
    return Array.from(onDemand.parseToElements(document), ([type, nameAt, nameLength, at, length]) => ({
      type,
      name: document.toString('utf8', nameAt, nameAt + nameLength),
      value: document.subarray(at, at + length),
    }));
  } catch {
    throw malformed();
  }
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
