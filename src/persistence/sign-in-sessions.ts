// Sign-in sessions: found by the hash of their token, so that a copied database opens none.
import { Schema, type Connection } from 'mongoose';
import { isDiskFull } from './full-disk.ts';

export interface SignInSession {
  readonly id: string;
  readonly accountId: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

const schema = new Schema(
  { _id: String, accountId: String, createdAt: Date, lastSeenAt: Date, endsAt: Date },
  { versionKey: false, collection: 'signInSessions' },
);
schema.index({ endsAt: 1 }, { expireAfterSeconds: 0 });
schema.index({ accountId: 1 });

export const idleMinutes = 20;
export const absoluteHours = 12;

export type SignInSessions = ReturnType<typeof createSignInSessions>;

export function createSignInSessions(connection: Connection) {
  const model = connection.model('SignInSession', schema);
  /** On a full disk whoever reads stays signed in until 20 minutes after the last note. */
  const noteSeen = async (tokenHash: string, now: Date): Promise<void> => {
    try {
      await model.updateOne({ _id: tokenHash }, { $set: { lastSeenAt: now } });
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  };
  return {
    async begin(tokenHash: string, accountId: string, now: Date): Promise<void> {
      const endsAt = new Date(now.getTime() + absoluteHours * 3_600_000);
      await model.insertMany([{ _id: tokenHash, accountId, createdAt: now, lastSeenAt: now, endsAt }], {
        lean: true,
      } as never);
    },
    /** The live session of a token hash, kept alive at most once a minute; null when ended or idle for 20 minutes. */
    async resume(tokenHash: string, now: Date): Promise<SignInSession | null> {
      const found = await model.findById(tokenHash).lean();
      if (
        !found ||
        found.endsAt! <= now ||
        now.getTime() - found.lastSeenAt!.getTime() > idleMinutes * 60_000
      )
        return null;
      if (now.getTime() - found.lastSeenAt!.getTime() > 60_000) await noteSeen(tokenHash, now);
      return {
        id: tokenHash,
        accountId: found.accountId!,
        createdAt: found.createdAt!,
        lastSeenAt: found.lastSeenAt!,
      };
    },
    async end(tokenHash: string): Promise<void> {
      await model.deleteOne({ _id: tokenHash });
    },
    async endAllOf(accountId: string): Promise<void> {
      await model.deleteMany({ accountId });
    },
  };
}
