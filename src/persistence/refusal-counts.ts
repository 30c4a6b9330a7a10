// How often guests were refused, by kind and hour: numbers alone, no name and no address.
import { Schema, type Connection } from 'mongoose';
import type { RefusalCount, RefusalKind } from '../domain/accounts/refusals.ts';

const keptDays = 30;
const hour = 3_600_000;

const schema = new Schema(
  { _id: String, kind: String, hour: Date, count: Number, forgetAt: Date },
  { versionKey: false, collection: 'refusalCounts' },
);
schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });
schema.index({ hour: 1 });

export type RefusalCounts = ReturnType<typeof createRefusalCounts>;

export function createRefusalCounts(connection: Connection) {
  const model = connection.model('RefusalCount', schema);
  const add = (kind: RefusalKind, now: Date) => {
    const begins = new Date(Math.floor(now.getTime() / hour) * hour);
    const forgetAt = new Date(begins.getTime() + keptDays * 24 * hour);
    return model.collection.updateOne(
      { _id: `${kind} ${begins.toISOString()}` as never },
      { $inc: { count: 1 }, $setOnInsert: { kind, hour: begins, forgetAt } },
      { upsert: true },
    );
  };
  return {
    /** Counts one refusal in the hour of `now`. */
    async count(kind: RefusalKind, now: Date): Promise<void> {
      await add(kind, now).catch((error: { code?: unknown }) => {
        // Two first ones at once: one of them has made the document meanwhile.
        if (error.code === 11000) return add(kind, now);
        throw error;
      });
    },
    /** The counts of the hours since an instant, latest first. */
    async since(from: Date): Promise<RefusalCount[]> {
      const found = await model
        .find({ hour: { $gte: from } })
        .sort({ hour: -1 })
        .lean();
      return found.map((one) => ({
        kind: one.kind as RefusalKind,
        hour: one.hour!,
        count: one.count ?? 0,
      }));
    },
  };
}
