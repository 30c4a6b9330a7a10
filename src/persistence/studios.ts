// Studios, training platforms and the recognitions both are counted by.
import { Schema, type Connection } from 'mongoose';
import type { Recognition, Studio } from '../domain/studios/studio.ts';
import type { TrainingPlatform } from '../domain/studios/training-platform.ts';
import { createRecordStore } from './record-store.ts';

const member = new Schema(
  { name: String, role: String, skillLevel: String, from: String, to: String },
  { _id: false },
);
const studioSchema = new Schema(
  {
    _id: String,
    version: Number,
    name: String,
    kind: { type: String },
    hostId: String,
    hostName: String,
    occupationCode: String,
    craft: String,
    areaCode: String,
    members: [member],
    termEnd: String,
    tier: String,
    status: String,
    createdBy: String,
    createdAt: Date,
    changedAt: Date,
  },
  { versionKey: false, collection: 'studios' },
);
studioSchema.index({ kind: 1, tier: 1, name: 1 });
studioSchema.index({ areaCode: 1, name: 1 });
studioSchema.index({ name: 1 });

const platformSchema = new Schema(
  {
    _id: String,
    version: Number,
    name: String,
    hostId: String,
    hostName: String,
    industry: String,
    areaCode: String,
    capacity: Number,
    occupationCodes: [String],
    tier: String,
    termEnd: String,
    status: String,
    createdBy: String,
    createdAt: Date,
    changedAt: Date,
  },
  { versionKey: false, collection: 'trainingPlatforms' },
);
platformSchema.index({ name: 1 });
platformSchema.index({ areaCode: 1, name: 1 });

const recognitionSchema = new Schema(
  {
    _id: String,
    version: Number,
    subject: String,
    subjectId: String,
    kind: { type: String },
    tier: String,
    recognisedOn: String,
    document: String,
    termEnd: String,
    areaCode: String,
    annulledAt: Date,
    annulledReason: String,
    createdBy: String,
    createdAt: Date,
    changedAt: Date,
  },
  { versionKey: false, collection: 'recognitions' },
);
recognitionSchema.index({ subjectId: 1, recognisedOn: 1 });
recognitionSchema.index({ recognisedOn: -1 });
recognitionSchema.index({ changedAt: 1 });

export type Studios = ReturnType<typeof createStudios>;
export type TrainingPlatforms = ReturnType<typeof createTrainingPlatforms>;
export type Recognitions = ReturnType<typeof createRecognitions>;

/** The store of studios; a host sees its own, an area those on its ground. */
export function createStudios(connection: Connection) {
  return createRecordStore<Studio>(connection, 'Studio', studioSchema, {
    area: 'areaCode',
    enterprise: 'hostId',
    centre: 'hostId',
  });
}

export function createTrainingPlatforms(connection: Connection) {
  return createRecordStore<TrainingPlatform>(connection, 'TrainingPlatform', platformSchema, {
    area: 'areaCode',
    enterprise: 'hostId',
    centre: 'hostId',
  });
}

export function createRecognitions(connection: Connection) {
  return createRecordStore<Recognition>(connection, 'Recognition', recognitionSchema, { area: 'areaCode' });
}
