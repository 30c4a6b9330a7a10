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
  readonly #fields: ReadonlySet<string> | undefined;
  #doc: Doc | undefined;

  constructor(bytes: Uint8Array, fields: ReadonlySet<string> | undefined) {
    this.bytes = bytes;
    this.#fields = fields;
  }

  get doc(): Doc {
    return (this.#doc ??= decode(this.bytes, this.#fields));
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

/** A row of a stored document; where only some of its top-level fields are looked at, the others are not decoded. */
export const storedRow = (bytes: Uint8Array, fields?: ReadonlySet<string>): Row =>
  new StoredRow(bytes, fields);

/** A row of a document that a projection or pipeline made. */
export const madeRow = (doc: Doc): Row => new MadeRow(doc);
