// One result document, decoded only when someone looks inside.
import { decode, encode, type Doc } from '../query/bson.ts';

export interface Row {
  /** The document; decoded on first use. */
  readonly doc: Doc;
  /** Its BSON; encoded on first use. */
  readonly bytes: Uint8Array;
}

class StoredRow implements Row {
  readonly bytes: Uint8Array;
  #doc: Doc | undefined;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get doc(): Doc {
    return (this.#doc ??= decode(this.bytes));
  }
}

class MadeRow implements Row {
  readonly doc: Doc;

  constructor(doc: Doc) {
    this.doc = doc;
  }

  get bytes(): Uint8Array {
    return encode(this.doc);
  }
}

/** A row of a stored document. */
export const storedRow = (bytes: Uint8Array): Row => new StoredRow(bytes);

/** A row of a document that a projection or pipeline made. */
export const madeRow = (doc: Doc): Row => new MadeRow(doc);
