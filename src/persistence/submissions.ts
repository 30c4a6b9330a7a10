// A form carries a key; the first transaction that runs under it writes the key with everything else, so the same form
// sent twice writes once.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Schema, type Connection } from 'mongoose';
import { Conflict } from '../domain/shared/errors.ts';

interface Pending {
  readonly key: string;
  /** The transaction that carries the key committed: later ones of the same form write none. */
  written: boolean;
}

const pending = new AsyncLocalStorage<Pending>();

const schema = new Schema(
  { _id: String, location: String, at: Date },
  { versionKey: false, collection: 'submissions' },
);
schema.index({ at: 1 }, { expireAfterSeconds: 86_400 });

export type Submissions = ReturnType<typeof createSubmissions>;

export function createSubmissions(connection: Connection) {
  const model = connection.model('Submission', schema);
  return {
    /** Runs work so that its first transaction takes the key; throws Conflict shared.repeatedSubmission when it is taken. */
    async under<T>(key: string, work: () => Promise<T>): Promise<T> {
      return pending.run({ key, written: false }, work);
    },
    /** Where the first sending of the key led, or null when the key is new or its work still runs. */
    async locationOf(key: string): Promise<string | null> {
      const found = await model.findById(key).lean();
      return found?.location ?? null;
    },
    async finish(key: string, location: string): Promise<void> {
      await model.updateOne({ _id: key }, { $set: { location } });
    },
  };
}

/** The transaction that carried the pending form key, if any, is committed. */
export function noteCommitted(): void {
  const current = pending.getStore();
  if (current !== undefined) current.written = true;
}

/** Work inside a transaction, with the pending form key written first. */
export async function runWithSubmission<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  const current = pending.getStore();
  if (current === undefined || current.written) return work();
  try {
    await connection.model('Submission', schema).create([{ _id: current.key, location: '', at: new Date() }]);
  } catch (error) {
    if ((error as { code?: number }).code === 11000) throw new Conflict('shared.repeatedSubmission');
    throw error;
  }
  return work();
}
