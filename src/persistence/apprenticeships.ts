// Apprenticeship programmes and their apprentices.
import { Schema, type Connection } from 'mongoose';
import type { Apprentice } from '../domain/apprenticeships/apprentice.ts';
import type { Programme } from '../domain/apprenticeships/programme.ts';
import { createRecordStore } from './record-store.ts';
import { statusChange } from './training-sessions.ts';

const programmeSchema = new Schema(
  {
    _id: String,
    version: Number,
    number: String,
    enterpriseId: String,
    schoolId: String,
    schoolName: String,
    occupationCode: String,
    targetLevel: String,
    startsOn: String,
    termMonths: Number,
    plannedCount: Number,
    classHoursPerYear: Number,
    areaCode: String,
    filedOn: String,
    status: String,
    statusChanges: [statusChange],
    createdBy: String,
    submittedBy: String,
    editedBy: [String],
    enteredByBureau: Boolean,
    createdAt: Date,
    changedAt: Date,
  },
  { versionKey: false, collection: 'apprenticeshipProgrammes' },
);
programmeSchema.index({ number: 1 }, { unique: true });
programmeSchema.index({ enterpriseId: 1, status: 1, startsOn: -1 });
programmeSchema.index({ areaCode: 1, startsOn: -1 });
programmeSchema.index({ status: 1, startsOn: -1 });
programmeSchema.index({ startsOn: -1 });
programmeSchema.index({ changedAt: 1 });

const posting = new Schema(
  { programmeId: String, enterpriseId: String, enrolledOn: String, at: Date },
  { _id: false },
);
const apprenticeSchema = new Schema(
  {
    _id: String,
    version: Number,
    programmeId: String,
    enterpriseId: String,
    areaCode: String,
    personId: String,
    name: String,
    nameSortKey: String,
    gender: String,
    birthDay: String,
    education: String,
    keyGroups: [String],
    contractNumber: String,
    contractFrom: String,
    contractTo: String,
    enterpriseMentor: String,
    schoolMentor: String,
    enrolledOn: String,
    postings: [posting],
    status: String,
    statusChanges: [statusChange],
    createdAt: Date,
    changedAt: Date,
  },
  { versionKey: false, collection: 'apprentices' },
);
apprenticeSchema.index({ programmeId: 1, nameSortKey: 1 });
apprenticeSchema.index({ personId: 1, status: 1 });
apprenticeSchema.index({ enterpriseId: 1, nameSortKey: 1 });
apprenticeSchema.index({ enrolledOn: 1 });
apprenticeSchema.index({ changedAt: 1 });

export type Programmes = ReturnType<typeof createProgrammes>;

/** The store of programmes; an enterprise sees its own, an area those on its ground. */
export function createProgrammes(connection: Connection) {
  return createRecordStore<Programme>(
    connection,
    'Programme',
    programmeSchema,
    { enterprise: 'enterpriseId', area: 'areaCode' },
    { fromStored: (stored) => ({ editedBy: [], ...stored }) as unknown as Programme },
  );
}

export type Apprentices = ReturnType<typeof createApprentices>;

export function createApprentices(connection: Connection) {
  return createRecordStore<Apprentice>(connection, 'Apprentice', apprenticeSchema, {
    enterprise: 'enterpriseId',
    area: 'areaCode',
    self: 'personId',
  });
}
