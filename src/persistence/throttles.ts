// Tries per key (a keyed hash of target and address). A try is counted before it is judged, in one step of the database, so
// that a hundred at once are no more than allowed; one that was right is given back.
import { Schema, type Connection } from 'mongoose';

const schema = new Schema(
  { _id: String, tries: Number, until: Date, forgetAt: Date, accountId: String, address: String },
  { versionKey: false, collection: 'throttles' },
);
schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });
schema.index({ until: 1 });
schema.index({ accountId: 1 }, { partialFilterExpression: { accountId: { $exists: true } } });

export interface ThrottleRule {
  readonly misses: number;
  readonly minutes: number;
}

export interface Reservation {
  /** Until when the key must wait, or null when this try may be judged. */
  readonly until: Date | null;
  /** How many tries are left after this one, should it miss. */
  readonly left: number;
  /** How many were counted before this one. */
  readonly before: number;
}

/** Locks shown at once. */
const shownLocks = 200;

/** A lock that stands, as the security administrator sees it. */
export interface Lock {
  readonly address: string;
  readonly until: Date;
}

interface Stored {
  _id: string;
  tries: number;
  until: Date | null;
  forgetAt: Date;
  accountId?: string;
  address?: string;
}

export type Throttles = ReturnType<typeof createThrottles>;

export function createThrottles(connection: Connection) {
  const model = connection.model('Throttle', schema);
  const count = (
    key: string,
    rule: ThrottleRule,
    now: Date,
    facts: { accountId?: string; address?: string },
  ) => {
    const end = new Date(now.getTime() + rule.minutes * 60_000);
    const stands = { $gt: [{ $ifNull: ['$until', new Date(0)] }, now] };
    const isFresh = { $lte: [{ $ifNull: ['$forgetAt', new Date(0)] }, now] };
    const tries = { $cond: [isFresh, 1, { $add: ['$tries', 1] }] };
    return model.collection.findOneAndUpdate(
      { _id: key as never },
      [
        { $set: { tries: { $cond: [stands, '$tries', tries] }, stands } },
        {
          $set: {
            until: {
              $cond: ['$stands', '$until', { $cond: [{ $gte: ['$tries', rule.misses] }, end, null] }],
            },
            forgetAt: { $cond: ['$stands', '$forgetAt', end] },
            ...facts,
          },
        },
        { $unset: 'stands' },
      ],
      { upsert: true, returnDocument: 'before' },
    ) as Promise<Stored | null>;
  };
  return {
    /** Counts one more try of the key; the last one allowed locks it at once, until it is forgiven. */
    async reserve(
      key: string,
      rule: ThrottleRule,
      now: Date,
      facts: { accountId?: string; address?: string } = {},
    ): Promise<Reservation> {
      const found = await count(key, rule, now, facts).catch((error: { code?: unknown }) => {
        // Two first tries at once: one of them has made the document meanwhile.
        if (error.code === 11000) return count(key, rule, now, facts);
        throw error;
      });
      if (found?.until && found.until > now) return { until: found.until, left: 0, before: found.tries };
      const before = found === null || found.forgetAt <= now ? 0 : found.tries;
      return { until: null, left: Math.max(0, rule.misses - before - 1), before };
    },
    /** Forgets the key's tries: the right password was given. */
    async forgive(key: string): Promise<void> {
      await model.deleteOne({ _id: key });
    },
    /** Takes one try back that turned out to be none, with the lock it may have set. */
    async giveBack(key: string): Promise<void> {
      await model.updateOne({ _id: key, tries: { $gt: 0 } }, { $inc: { tries: -1 }, $set: { until: null } });
    },
    /** Addresses from which the account is locked now. */
    async locksOf(accountId: string, now: Date): Promise<Lock[]> {
      const found = await model.find({ accountId, until: { $gt: now } }).lean();
      return found.map((one) => ({ address: one.address ?? '', until: one.until! }));
    },
    /** The locks of accounts that stand now, the longest first, at most 200. */
    async standing(now: Date): Promise<(Lock & { readonly accountId: string })[]> {
      const found = await model
        .find({ until: { $gt: now } })
        .sort({ until: -1 })
        .limit(shownLocks)
        .lean();
      return found.flatMap(({ accountId, address, until }) =>
        accountId ? [{ accountId, address: address ?? '', until: until! }] : [],
      );
    },
    /** Lifts every lock of the account and forgets its misses. */
    async forgiveAccount(accountId: string): Promise<void> {
      await model.deleteMany({ accountId });
    },
  };
}
