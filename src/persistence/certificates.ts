// Certificates and their prints. Document numbers are sealed; numbers are found by their unique key.
import { Schema, type Connection } from 'mongoose';
import type { Certificate, Print } from '../domain/certifications/certificate.ts';
import { district } from '../domain/accounts/scope.ts';
import { createRecordStore } from './record-store.ts';
import { statusChange } from './training-sessions.ts';

const schema = new Schema(
  {
    _id: String,
    version: Number,
    kind: { type: String },
    number: String,
    numberKey: String,
    personId: String,
    holderName: String,
    holderNameKey: String,
    nameSortKey: String,
    documentType: String,
    documentNumberSealed: String,
    occupationCode: String,
    occupationName: String,
    trade: String,
    skillLevel: String,
    rank: Number,
    centreId: String,
    evaluatorId: String,
    issuerName: String,
    issuedOn: String,
    validUntil: String,
    origin: String,
    source: String,
    verification: String,
    assessmentId: String,
    candidateId: String,
    sessionId: String,
    batchId: String,
    importId: String,
    theory: Number,
    practice: Number,
    hours: Number,
    trainedFrom: String,
    trainedTo: String,
    countedDivision: String,
    areaCode: String,
    fundingSource: String,
    gender: String,
    birthDay: String,
    education: String,
    keyGroups: [String],
    status: String,
    // Whether it stands in lists: derived from the status.
    onRecord: Boolean,
    statusChanges: [statusChange],
    revokedOn: String,
    revocationCategory: String,
    currentPrintId: String,
    recordedAt: Date,
    changedAt: Date,
  },
  { versionKey: false, collection: 'certificates' },
);
schema.index({ numberKey: 1 }, { unique: true });
schema.index({ number: 1 });
schema.index({ personId: 1, issuedOn: 1 });
// Lists count by keys alone: `onRecord` stands for every state but undone.
schema.index({ centreId: 1, onRecord: 1, issuedOn: -1 });
schema.index({ evaluatorId: 1, onRecord: 1, issuedOn: -1 });
schema.index({ areaCode: 1, onRecord: 1, issuedOn: -1 });
schema.index({ onRecord: 1, issuedOn: -1 });
schema.index({ nameSortKey: 1 });
schema.index({ batchId: 1 });
schema.index({ importId: 1 });
schema.index({ sessionId: 1 });
schema.index({ rank: 1, issuedOn: 1 });
schema.index({ changedAt: 1 });

const printSchema = new Schema(
  {
    _id: String,
    version: Number,
    certificateId: String,
    flowNumber: String,
    tokenHash: String,
    checkAddressSealed: String,
    templateVersion: String,
    remark: String,
    madeOn: String,
    state: String,
    replacedOn: String,
    replacedById: String,
    fileId: String,
    sha256: String,
  },
  { versionKey: false, collection: 'prints' },
);
printSchema.index({ tokenHash: 1 }, { unique: true });
printSchema.index({ flowNumber: 1 }, { unique: true });
printSchema.index({ certificateId: 1 });

export type Certificates = ReturnType<typeof createCertificates>;

/** The store of certificates; issuers see what they issued, holders their own, an area those counted for it. */
export function createCertificates(connection: Connection) {
  return createRecordStore<Certificate>(
    connection,
    'Certificate',
    schema,
    { centre: 'centreId', evaluator: 'evaluatorId', area: 'areaCode', self: 'personId' },
    {
      toStored: (certificate) => ({ ...certificate, onRecord: certificate.status !== 'undone' }),
      fromStored: (stored) => {
        const fields: Record<string, unknown> = { ...stored };
        delete fields['onRecord'];
        return fields as unknown as Certificate;
      },
    },
  );
}

export type Prints = ReturnType<typeof createPrints>;

/** The store of prints: they have no owner of their own and are reached by way of a certificate in scope, or a token. */
export function createPrints(connection: Connection) {
  const store = createRecordStore<Print>(connection, 'Print', printSchema, {});
  return {
    ...store,
    /** All prints of certificates the caller already has in scope, newest first. */
    async of(certificates: readonly Pick<Certificate, 'id'>[]): Promise<Print[]> {
      const ids = certificates.map((one) => one.id);
      return store.find(district, { certificateId: { $in: ids } }, { sort: { flowNumber: -1 } });
    },
  };
}
