// Single-use links by which somebody sets a password: an invitation or a reset. Only the token's hash is kept.
import { Schema, type Connection } from 'mongoose';

export interface AccountLink {
  readonly accountId: string;
  readonly kind: 'invitation' | 'reset';
  readonly endsAt: Date;
}

const schema = new Schema(
  { _id: String, accountId: String, kind: String, endsAt: Date },
  { versionKey: false, collection: 'accountLinks' },
);
schema.index({ endsAt: 1 }, { expireAfterSeconds: 0 });
schema.index({ accountId: 1 });

export type AccountLinks = ReturnType<typeof createAccountLinks>;

export function createAccountLinks(connection: Connection) {
  const model = connection.model('AccountLink', schema);
  return {
    /** Puts a link in the place of all earlier ones of the account. */
    async replace(tokenHash: string, link: AccountLink): Promise<void> {
      await model.deleteMany({ accountId: link.accountId });
      await model.insertMany([{ _id: tokenHash, ...link }], { lean: true } as never);
    },
    /** The link of the token, or null when there is none, it was used, or its time is over. */
    async find(tokenHash: string, now: Date): Promise<AccountLink | null> {
      const found = await model.findById(tokenHash).lean();
      if (found === null || found.endsAt! <= now) return null;
      return {
        accountId: found.accountId!,
        kind: found.kind as AccountLink['kind'],
        endsAt: found.endsAt!,
      };
    },
    /** Uses the link up; false when somebody did before. */
    async use(tokenHash: string): Promise<boolean> {
      return (await model.deleteOne({ _id: tokenHash })).deletedCount === 1;
    },
    async dropOf(accountId: string): Promise<void> {
      await model.deleteMany({ accountId });
    },
  };
}
