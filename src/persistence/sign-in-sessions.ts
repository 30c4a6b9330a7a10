// Sign-in sessions: found by the hash of their token, so that a copied database opens none. Between password and code a
// session awaits the code and opens nothing else.
import { Schema, type Connection } from 'mongoose';
import type { Awaits } from '../domain/accounts/sign-in-rules.ts';
import { isDiskFull } from './full-disk.ts';

export interface SignInSession {
  readonly id: string;
  readonly accountId: string;
  readonly awaits: Awaits;
  readonly address: string;
  readonly agent: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

export interface SessionLimits {
  readonly idleMinutes: number;
  readonly absoluteHours: number;
}

export interface NewSignInSession {
  readonly tokenHash: string;
  readonly accountId: string;
  readonly awaits: Awaits;
  readonly address: string;
  /** Browser and system in a few words, for the owner's list. */
  readonly agent: string;
}

const schema = new Schema(
  {
    _id: String,
    accountId: String,
    awaits: String,
    address: String,
    agent: String,
    createdAt: Date,
    lastSeenAt: Date,
    endsAt: Date,
  },
  { versionKey: false, collection: 'signInSessions' },
);
schema.index({ endsAt: 1 }, { expireAfterSeconds: 3_600 });
schema.index({ accountId: 1 });

const awaitingMinutes = 10;

export type SignInSessions = ReturnType<typeof createSignInSessions>;

export function createSignInSessions(connection: Connection, limits: SessionLimits) {
  const model = connection.model('SignInSession', schema);
  type Found = NonNullable<Awaited<ReturnType<typeof findOne>>>;
  const findOne = (tokenHash: string) => model.findById(tokenHash).lean();
  const isLive = (found: Found, now: Date) =>
    found.endsAt! > now && now.getTime() - found.lastSeenAt!.getTime() <= limits.idleMinutes * 60_000;
  const toSession = (found: Found): SignInSession => ({
    id: found._id!,
    accountId: found.accountId!,
    awaits: (found.awaits as Awaits) ?? null,
    address: found.address ?? '',
    agent: found.agent ?? '',
    createdAt: found.createdAt!,
    lastSeenAt: found.lastSeenAt!,
  });
  /** On a full disk whoever reads stays signed in until the idle time after the last note is over. */
  const noteSeen = async (tokenHash: string, now: Date): Promise<void> => {
    try {
      await model.updateOne({ _id: tokenHash }, { $set: { lastSeenAt: now } });
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  };
  return {
    limits,
    async begin({ tokenHash, ...session }: NewSignInSession, now: Date): Promise<void> {
      const minutes = session.awaits === null ? limits.absoluteHours * 60 : awaitingMinutes;
      const endsAt = new Date(now.getTime() + minutes * 60_000);
      await model.insertMany([{ _id: tokenHash, ...session, createdAt: now, lastSeenAt: now, endsAt }], {
        lean: true,
      } as never);
    },
    /** The live session of a token hash, kept alive at most once a minute; null when ended or idle too long. */
    async resume(tokenHash: string, now: Date): Promise<SignInSession | null> {
      const found = await findOne(tokenHash);
      if (!found || !isLive(found, now)) return null;
      if (now.getTime() - found.lastSeenAt!.getTime() > 60_000) await noteSeen(tokenHash, now);
      return toSession(found);
    },
    /** Whose session the token was, also within an hour after its end; null when it never was one, or was ended by hand. */
    async ownerOf(tokenHash: string): Promise<string | null> {
      const found = await findOne(tokenHash);
      return found === null || found.awaits ? null : found.accountId!;
    },
    /** The live sessions of an account that await nothing, the latest first. */
    async liveOf(accountId: string, now: Date): Promise<SignInSession[]> {
      const found = await model.find({ accountId }).sort({ createdAt: -1 }).lean();
      return found.filter((one) => isLive(one, now) && !one.awaits).map(toSession);
    },
    /** Ends a session; false when somebody did before. */
    async end(tokenHash: string): Promise<boolean> {
      return (await model.deleteOne({ _id: tokenHash })).deletedCount === 1;
    },
    /** Ends the account's sessions, all but the one named; how many there were. */
    async endAllOf(accountId: string, except: string | null = null): Promise<number> {
      const { deletedCount } = await model.deleteMany({ accountId, _id: { $ne: except } });
      return deletedCount;
    },
  };
}
