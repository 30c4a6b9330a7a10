// Lists of certificates issued elsewhere, kept until a second person decides.
import { Schema, type Connection } from 'mongoose';
import { district } from '../domain/accounts/scope.ts';
import type { CertificateImport } from '../domain/certifications/recorded-certificate.ts';
import { createRecordStore } from './record-store.ts';
import { statusChange } from './training-sessions.ts';

const schema = new Schema(
  {
    _id: String,
    version: Number,
    number: String,
    fileName: String,
    rowCount: Number,
    status: String,
    statusChanges: [statusChange],
    rowsSealed: String,
    recordedCount: Number,
    createdBy: String,
    createdByName: String,
    createdAt: Date,
  },
  { versionKey: false, collection: 'certificateImports' },
);
schema.index({ status: 1, createdAt: -1 });
schema.index({ createdAt: 1, _id: 1 });

export type CertificateImports = ReturnType<typeof createCertificateImports>;

/** The store of certificate lists: the bureau's alone. */
export function createCertificateImports(connection: Connection) {
  const store = createRecordStore<CertificateImport>(connection, 'CertificateImport', schema, {});
  return {
    ...store,
    /** Lists nobody decided yet, oldest first. */
    waiting: () => store.find(district, { status: 'submitted' }, { sort: { createdAt: 1 } }),
    /** Drops the rows of lists for good, the lists stay. */
    async dropRows(ids: readonly string[]): Promise<void> {
      const { matchedCount } = await store.model.updateMany(
        { _id: { $in: [...ids] } } as never,
        { $set: { rowsSealed: null }, $inc: { version: 1 } } as never,
      );
      store.noteVersions(matchedCount);
    },
  };
}
