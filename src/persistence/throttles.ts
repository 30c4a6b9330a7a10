// Failed tries per key (a keyed hash of target and address): after a number of misses the pair waits. Only misses are
// written.
import { Schema, type Connection } from 'mongoose';

const schema = new Schema(
  { _id: String, misses: Number, until: Date, forgetAt: Date },
  { versionKey: false, collection: 'throttles' },
);
schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

export interface ThrottleRule {
  readonly misses: number;
  readonly minutes: number;
}

export type Throttles = ReturnType<typeof createThrottles>;

export function createThrottles(connection: Connection) {
  const model = connection.model('Throttle', schema);
  return {
    /** Until when the key must wait, or null when it may try. */
    async waitsUntil(key: string, now: Date): Promise<Date | null> {
      const found = await model.findById(key).lean();
      return found?.until && found.until > now ? found.until : null;
    },
    /** Counts a miss and returns how many tries are left before the wait. */
    async miss(key: string, rule: ThrottleRule, now: Date): Promise<number> {
      const forgetAt = new Date(now.getTime() + rule.minutes * 60_000);
      const before = await model.findById(key).lean();
      const fresh = !before?.forgetAt || before.forgetAt <= now;
      const found = await model
        .findOneAndUpdate(
          { _id: key },
          fresh
            ? { $set: { misses: 1, forgetAt, until: null } }
            : { $inc: { misses: 1 }, $set: { forgetAt } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean();
      const left = rule.misses - (found?.misses ?? 1);
      if (left <= 0) await model.updateOne({ _id: key }, { $set: { until: forgetAt, misses: 0 } });
      return Math.max(0, left);
    },
    async forgive(key: string): Promise<void> {
      await model.deleteOne({ _id: key });
    },
  };
}
