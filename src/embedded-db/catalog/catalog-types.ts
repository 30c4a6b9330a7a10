// Collections and indexes as the server holds them in memory.
import type { KeyField } from '../keys/extract.ts';
import type { Doc } from '../query/bson.ts';

export interface Index {
  readonly name: string;
  readonly table: number;
  readonly fields: readonly KeyField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial?: { readonly filter: Doc; readonly matches: (doc: Doc) => boolean };
  readonly expireAfterSeconds?: number;
  /** The top-level fields that decide its keys; undefined where its partial filter may look at all of them. */
  readonly reads: ReadonlySet<string> | undefined;
  /** The specification as listIndexes shows it. */
  readonly spec: Doc;
  /** Per field: some document had an array on its path. Never goes back to false. */
  readonly multikey: boolean[];
  /** While true writes keep it up to date, but the planner must not use it yet. */
  building: boolean;
}

export interface Collection {
  readonly db: string;
  readonly name: string;
  readonly ns: string;
  readonly uuid: Uint8Array;
  /** Table of the documents: encoded `_id` to BSON. */
  readonly table: number;
  /** The documents themselves as an index on `_id`. */
  readonly primary: Index;
  /** All others. */
  readonly indexes: Index[];
  readonly options: Doc;
  dropped: boolean;
}
