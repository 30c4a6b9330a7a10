// Batches of certificates: proposed by one person, decided by another.
import { Schema, type Connection } from 'mongoose';
import type { CertificateBatch } from '../domain/certifications/certificate-batch.ts';
import { createRecordStore } from './record-store.ts';
import { statusChange } from './training-sessions.ts';

const schema = new Schema(
  {
    _id: String,
    version: Number,
    number: String,
    kind: { type: String },
    centreId: String,
    evaluatorId: String,
    assessmentId: String,
    sessionId: String,
    candidateIds: [String],
    certificateIds: [String],
    leftOut: [new Schema({ candidateId: String, code: String, detail: String }, { _id: false })],
    status: String,
    statusChanges: [statusChange],
    proposedBy: String,
    proposedByName: String,
    createdAt: Date,
  },
  { versionKey: false, collection: 'certificateBatches' },
);
schema.index({ number: 1 }, { unique: true });
schema.index({ centreId: 1, status: 1, createdAt: -1 });
schema.index({ evaluatorId: 1, status: 1, createdAt: -1 });
schema.index({ assessmentId: 1 });
schema.index({ status: 1, createdAt: -1 });
schema.index({ createdAt: -1 });

export type CertificateBatches = ReturnType<typeof createCertificateBatches>;

export function createCertificateBatches(connection: Connection) {
  return createRecordStore<CertificateBatch>(connection, 'CertificateBatch', schema, {
    centre: 'centreId',
    evaluator: 'evaluatorId',
  });
}
