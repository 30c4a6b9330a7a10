// The shape of a probe, and short names for the BSON values that JavaScript has no literal for.

import {
  BSONRegExp,
  Decimal128,
  Double,
  ObjectId,
  type Doc,
  type Value,
} from '../../../../src/embedded-db/query/bson.ts';

/** What a probe asks: a find, a pipeline, or an update of the first document. */
export type Operation =
  | { find: Doc; sort?: Doc; project?: Doc }
  | { aggregate: Doc[]; others?: Doc[] }
  | { update: Doc | Doc[]; filter?: Doc; arrayFilters?: Doc[]; upsert?: boolean };

/**
 * Name, documents, operation and outcome. The outcome of a find without projection is the list of `_id`s, of an update the
 * document after it ('same' where nothing changes), of a refusal its code. Results follow MongoDB's manual.
 */
export type Probe = [
  name: string,
  docs: Doc[],
  operation: Operation,
  expected: Value[] | Doc | 'same' | { code: number },
];

/** The instant probes run at; over the wire the server's own clock stands for it. */
export const NOW = new Date('2021-06-01T00:00:00Z');

/** A double with a whole value. */
export const dbl = (value: number): Double => new Double(value);
/** A decimal. */
export const dec = (text: string): Decimal128 => Decimal128.fromString(text);
/** A regular expression. */
export const rex = (pattern: string, options = ''): BSONRegExp => new BSONRegExp(pattern, options);
/** The ObjectId whose last byte is `n`. */
export const oid = (n: number): ObjectId => ObjectId.createFromHexString(n.toString(16).padStart(24, '0'));
/** An instant. */
export const at = (text: string): Date => new Date(text);
/** Documents with `_id` 1, 2, 3, … and one field `a` of these values. */
export const as = (...values: (Value | undefined)[]): Doc[] =>
  values.map((a, index) => (a === undefined ? { _id: index + 1 } : { _id: index + 1, a }));
