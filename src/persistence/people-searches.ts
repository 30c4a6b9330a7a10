// What somebody searched for, so that names and numbers never stand in an address: sealed, for its own account, for a day.
import { Schema, type Connection } from 'mongoose';
import type { Cipher } from './cipher.ts';
import { inTransaction } from './connection.ts';

const schema = new Schema(
  { _id: String, accountId: String, textSealed: String, at: Date },
  { versionKey: false, collection: 'peopleSearches' },
);
schema.index({ at: 1 }, { expireAfterSeconds: 86_400 });

export type PeopleSearches = ReturnType<typeof createPeopleSearches>;

export function createPeopleSearches(connection: Connection, cipher: Cipher, newId: () => string) {
  const model = connection.model('PeopleSearch', schema);
  return {
    model,
    /** The id under which the text is found again by the same account. */
    async keep(accountId: string, text: string, at: Date): Promise<string> {
      if (!inTransaction(connection)) throw new Error('A search was kept outside a transaction');
      const id = newId();
      await model.insertMany([{ _id: id, accountId, textSealed: cipher.seal(text), at }], {
        lean: true,
      } as never);
      return id;
    },
    /** The text searched for, or null when it is another's or gone. */
    async textOf(accountId: string, id: string): Promise<string | null> {
      const found = await model.findOne({ _id: id, accountId }).lean();
      return found === null ? null : cipher.open(found.textSealed!);
    },
  };
}
