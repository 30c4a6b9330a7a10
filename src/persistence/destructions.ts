// Certificates of destruction: what retention took out, one document for each batch, written with it and never changed.
import { Schema, type Connection } from 'mongoose';
import type { RetentionCode } from '../domain/retention/retention-kinds.ts';
import { inTransaction } from './connection.ts';
import type { Page } from './record-store.ts';

export interface Destruction {
  readonly id: string;
  /** Of one run: its batches share it. */
  readonly runId: string;
  readonly code: RetentionCode;
  readonly atTheEnd: 'delete' | 'anonymise';
  /** Records last used before this day were due. */
  readonly before: string;
  readonly count: number;
  readonly ids: readonly string[];
  readonly at: Date;
  readonly byName: string;
}

const schema = new Schema(
  {
    _id: String,
    runId: String,
    code: String,
    atTheEnd: String,
    before: String,
    count: Number,
    ids: [String],
    at: Date,
    byName: String,
  },
  { versionKey: false, collection: 'destructions' },
);
schema.index({ at: -1, _id: -1 });

export type Destructions = ReturnType<typeof createDestructions>;

export function createDestructions(connection: Connection) {
  const model = connection.model('Destruction', schema);
  return {
    async add({ id, ...destruction }: Destruction): Promise<void> {
      if (!inTransaction(connection)) throw new Error('A destruction was noted outside a transaction');
      await model.insertMany([{ _id: id, ...destruction }], { lean: true } as never);
    },
    count: () => model.countDocuments({}),
    /** The latest first. */
    async list(page: Page): Promise<Destruction[]> {
      const found = await model.find({}).sort({ at: -1, _id: -1 }).skip(page.skip).limit(page.limit).lean();
      return found.map(({ _id, ...one }) => ({ ...one, id: _id }) as unknown as Destruction);
    },
  };
}
