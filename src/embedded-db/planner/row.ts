// One result document and its bytes.
import { decode, encode, type Doc } from '../query/bson.ts';

export interface Row {
  readonly doc: Doc;
  readonly bytes: Uint8Array;
}

/** A stored document, decoded when someone looks inside: all of it, or as far as the top-level `fields` go. */
export class StoredRow implements Row {
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

/** A row of a document that a projection or pipeline made. */
export const madeRow = (doc: Doc): Row => ({ doc, bytes: encode(doc) });
