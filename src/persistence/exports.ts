// Files with numbers in clear that somebody had made: whose, what for, until when. The bytes lie among the kept files.
import { Schema, type Connection } from 'mongoose';
import type { ExportKind, ExportPurpose } from '../domain/people/export-purpose.ts';
import { orNotFound } from '../domain/shared/errors.ts';
import { inTransaction } from './connection.ts';

export interface KeptExport {
  readonly id: string;
  readonly accountId: string;
  readonly kind: ExportKind;
  /** The number of the session or the learner number. */
  readonly label: string;
  readonly purpose: ExportPurpose;
  readonly fileId: string;
  readonly madeAt: Date;
  readonly endsAt: Date;
}

const schema = new Schema(
  {
    _id: String,
    accountId: String,
    kind: { type: String },
    label: String,
    purpose: String,
    fileId: String,
    madeAt: Date,
    endsAt: Date,
  },
  { versionKey: false, collection: 'exports' },
);
schema.index({ accountId: 1, endsAt: -1 });
schema.index({ endsAt: 1 }, { expireAfterSeconds: 0 });

export type Exports = ReturnType<typeof createExports>;

export function createExports(connection: Connection) {
  const model = connection.model('Export', schema);
  const toExport = (stored: object) => {
    const { _id, ...rest } = stored as { _id: string };
    return { ...rest, id: _id } as unknown as KeptExport;
  };
  return {
    async add({ id, ...kept }: KeptExport): Promise<void> {
      if (!inTransaction(connection)) throw new Error('An export was kept outside a transaction');
      await model.insertMany([{ _id: id, ...kept }], { lean: true } as never);
    },
    /** Those of the account that can still be fetched, the latest first. */
    async ofAccount(accountId: string, now: Date): Promise<KeptExport[]> {
      return (
        await model
          .find({ accountId, endsAt: { $gt: now } })
          .sort({ endsAt: -1 })
          .lean()
      ).map(toExport);
    },
    /** One of the account's own; throws NotFound, also when its time is over. */
    async get(accountId: string, id: string, now: Date): Promise<KeptExport> {
      return toExport(orNotFound(await model.findOne({ _id: id, accountId, endsAt: { $gt: now } }).lean()));
    },
  };
}
