// What somebody had typed when the sign-in ran out: kept encrypted for half an hour, given back to the same account alone.
import { Schema, type Connection } from 'mongoose';
import type { Cipher } from './cipher.ts';

export type HeldFields = Readonly<Record<string, string | string[]>>;

export interface HeldForm {
  readonly path: string;
  readonly fields: HeldFields;
}

const schema = new Schema(
  { _id: String, accountId: String, path: String, sealed: String, endsAt: Date },
  { versionKey: false, collection: 'heldForms' },
);
schema.index({ endsAt: 1 }, { expireAfterSeconds: 0 });

const minutes = 30;

export type HeldForms = ReturnType<typeof createHeldForms>;

export function createHeldForms(connection: Connection, cipher: Cipher) {
  const model = connection.model('HeldForm', schema);
  return {
    async hold(tokenHash: string, accountId: string, form: HeldForm, now: Date): Promise<void> {
      const endsAt = new Date(now.getTime() + minutes * 60_000);
      const sealed = cipher.seal(JSON.stringify(form.fields));
      await model.insertMany([{ _id: tokenHash, accountId, path: form.path, sealed, endsAt }], {
        lean: true,
      } as never);
    },
    /** The form held for the account under the token, or null. */
    async of(tokenHash: string, accountId: string, now: Date): Promise<HeldForm | null> {
      const found = await model.findById(tokenHash).lean();
      if (found === null || found.accountId !== accountId || found.endsAt! <= now) return null;
      return { path: found.path!, fields: JSON.parse(cipher.open(found.sealed!)) as HeldFields };
    },
    async drop(tokenHash: string): Promise<void> {
      await model.deleteOne({ _id: tokenHash });
    },
  };
}
