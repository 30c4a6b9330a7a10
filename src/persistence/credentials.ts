// What an account signs in with, apart from the account itself: no page that reads accounts ever holds a hash or a secret.
// One-time-code secrets are encrypted, recovery codes kept as keyed hashes.
import { Schema, type Connection } from 'mongoose';
import type { Credentials } from '../domain/accounts/credentials.ts';
import type { Cipher } from './cipher.ts';
import { inTransaction } from './connection.ts';

const schema = new Schema(
  {
    _id: String,
    passwordHash: String,
    sealedSecret: String,
    sealedOffer: String,
    lastStep: Number,
    recovery: [String],
    lastUsedAt: Date,
    lastSignInAt: Date,
    turns: Number,
  },
  { versionKey: false, collection: 'credentials' },
);
schema.index({ lastUsedAt: 1 });

export type CredentialStore = ReturnType<typeof createCredentials>;

export function createCredentials(connection: Connection, cipher: Cipher) {
  const model = connection.model('Credentials', schema);
  const recoveryHash = (code: string) => cipher.hash('recovery', code);
  const opened = (sealed: string | null | undefined) =>
    sealed ? Buffer.from(cipher.open(sealed), 'base64url') : null;
  const sealed = (secret: Uint8Array) => cipher.seal(Buffer.from(secret).toString('base64url'));
  const set = async (accountId: string, fields: Record<string, unknown>): Promise<void> => {
    if (!inTransaction(connection)) throw new Error('Credentials were written outside a transaction');
    await model.updateOne({ _id: accountId }, { $set: fields });
  };
  return {
    async begin(accountId: string, passwordHash: string | null, now: Date): Promise<void> {
      const fresh = { passwordHash, sealedSecret: null, sealedOffer: null, lastStep: 0, recovery: [] };
      await model.insertMany([{ _id: accountId, ...fresh, lastUsedAt: now, lastSignInAt: null }], {
        lean: true,
      } as never);
    },
    async of(accountId: string): Promise<Credentials | null> {
      const found = await model.findById(accountId).lean();
      return found === null
        ? null
        : {
            accountId,
            passwordHash: found.passwordHash ?? null,
            secret: opened(found.sealedSecret),
            offered: opened(found.sealedOffer),
            recoveryCodesLeft: found.recovery.length,
            lastUsedAt: found.lastUsedAt ?? null,
            lastSignInAt: found.lastSignInAt ?? null,
          };
    },
    /** Keeps the credentials as they are read from now on, for the rest of the transaction. */
    async hold(accountId: string): Promise<void> {
      if (!inTransaction(connection)) throw new Error('Credentials were held outside a transaction');
      await model.updateOne({ _id: accountId }, { $inc: { turns: 1 } });
    },
    /** When each of the accounts last signed in; those that never did are absent. */
    async lastSignIns(accountIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
      const found = await model.find({ _id: { $in: [...accountIds] } }, { lastSignInAt: 1 }).lean();
      return new Map(found.flatMap((one) => (one.lastSignInAt ? [[one._id!, one.lastSignInAt]] : [])));
    },
    setPassword: (accountId: string, passwordHash: string) => set(accountId, { passwordHash }),
    noteSignIn: (accountId: string, now: Date) => set(accountId, { lastUsedAt: now, lastSignInAt: now }),
    noteUse: (accountId: string, now: Date | null) => set(accountId, { lastUsedAt: now }),
    offerSecret: (accountId: string, secret: Uint8Array) => set(accountId, { sealedOffer: sealed(secret) }),
    /** From now on the account signs in with codes of the secret; `step` is that of the code just typed. */
    async keepSecret(accountId: string, secret: Uint8Array, step: number, recovery: readonly string[]) {
      await set(accountId, {
        sealedSecret: sealed(secret),
        sealedOffer: null,
        lastStep: step,
        recovery: recovery.map(recoveryHash),
      });
    },
    dropSecret: (accountId: string) =>
      set(accountId, { sealedSecret: null, sealedOffer: null, lastStep: 0, recovery: [] }),
    /** Takes a code's step for a sign-in; false when it, or a later one, was taken before. */
    async spendStep(accountId: string, step: number): Promise<boolean> {
      const { modifiedCount } = await model.updateOne(
        { _id: accountId, lastStep: { $lt: step } },
        { $set: { lastStep: step } },
      );
      return modifiedCount === 1;
    },
    /** Takes a normalised recovery code; false when it is none of the account's or was used. */
    async spendRecoveryCode(accountId: string, code: string): Promise<boolean> {
      const recovery = { $in: [...cipher.hashes('recovery', code)] };
      const { modifiedCount } = await model.updateOne({ _id: accountId, recovery }, { $pull: { recovery } });
      return modifiedCount === 1;
    },
    /** Ids of accounts last used before the instant, oldest first; those closed for it are no longer among them. */
    async unusedSince(instant: Date, limit: number): Promise<string[]> {
      const found = await model
        .find({ lastUsedAt: { $lt: instant } }, { _id: 1 })
        .sort({ lastUsedAt: 1 })
        .limit(limit)
        .lean();
      return found.map((one) => one._id!);
    },
  };
}
