// Rules over several documents write to one shared guard document, so that of two transactions at once one is retried and
// sees what the other did (snapshots alone would let both pass).
import { Schema, type Connection } from 'mongoose';
import { currentTransaction } from './connection.ts';

const schema = new Schema({ _id: String, turns: Number }, { versionKey: false, collection: 'guards' });

export type Guards = ReturnType<typeof createGuards>;

export function createGuards(connection: Connection) {
  const model = connection.model('Guard', schema);
  return {
    /** Takes the guards of the given keys, e.g. `venue:302:2021-05-06`, for the rest of the transaction; call it before reading. */
    async take(...keys: string[]): Promise<void> {
      const transaction = currentTransaction(connection);
      if (transaction === null) throw new Error('A guard was taken outside a transaction');
      const unique = [...new Set(keys)].filter((key) => !transaction.guards.has(key)).sort();
      if (unique.length === 0) return;
      await model.collection.bulkWrite(
        unique.map((key) => ({
          updateOne: { filter: { _id: key }, update: { $inc: { turns: 1 } }, upsert: true },
        })) as never,
        { session: transaction.session },
      );
      for (const key of unique) transaction.guards.add(key);
    },
  };
}
