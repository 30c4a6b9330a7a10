// Reads a collection in order of a dated field, a page at a time, going on after the last document read.
import type { Model } from 'mongoose';

export type Stored = Readonly<Record<string, unknown>> & { readonly _id: string };

export interface Cursor {
  readonly value: Date | string;
  readonly id: string;
}

export interface Read {
  readonly found: readonly Stored[];
  /** Where the next page begins; null after the last one. */
  readonly next: Cursor | null;
}

/** The next `limit` documents whose field lies before `end`; needs an index on the field and _id. */
export async function pageThrough(
  model: Model<never>,
  field: string,
  given: {
    readonly end: Date | string;
    readonly after: Cursor | null;
    readonly limit: number;
    readonly filter?: Readonly<Record<string, unknown>>;
  },
): Promise<Read> {
  const { end, after, limit, filter = {} } = given;
  const range =
    after === null
      ? { [field]: { $lt: end } }
      : {
          [field]: { $gte: after.value, $lt: end },
          $or: [{ [field]: { $gt: after.value } }, { _id: { $gt: after.id } }],
        };
  const found = (await model
    .find({ $and: [range, filter] } as never)
    .sort({ [field]: 1, _id: 1 })
    .limit(limit)
    .lean()) as unknown as Stored[];
  const last = found.at(-1);
  const next =
    found.length < limit || last === undefined ? null : { value: last[field] as Date, id: last._id };
  return { found, next };
}
