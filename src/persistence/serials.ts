// Serial numbers that never repeat: one counter document per series, increased inside the transaction that uses it.
import { Schema, type Connection } from 'mongoose';
import { currentTransaction } from './connection.ts';

const schema = new Schema({ _id: String, last: Number }, { versionKey: false, collection: 'serials' });

export type Serials = ReturnType<typeof createSerials>;

export function createSerials(connection: Connection) {
  const model = connection.model('Serial', schema);
  return {
    /** The first of `count` fresh consecutive numbers of a series, from 1; aborted transactions leave gaps closed. */
    async take(series: string, count = 1): Promise<number> {
      const session = currentTransaction(connection)?.session;
      const found = (await model.collection.findOneAndUpdate(
        { _id: series } as never,
        { $inc: { last: count } } as never,
        { upsert: true, returnDocument: 'after', ...(session ? { session } : {}) },
      )) as unknown as { last: number };
      return found.last - count + 1;
    },
    async last(series: string): Promise<number> {
      return (await model.findById(series).lean())?.last ?? 0;
    },
  };
}
