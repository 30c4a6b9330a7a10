// Training sessions with their dated changes of status.
import { Schema, type Connection } from 'mongoose';
import type { TrainingSession } from '../domain/training/training-session.ts';
import { createRecordStore } from './record-store.ts';

export const statusChange = new Schema(
  { to: String, at: Date, by: String, on: String, reason: String },
  { _id: false },
);

const schema = new Schema(
  {
    _id: String,
    version: Number,
    number: String,
    name: String,
    centreId: String,
    evaluatorId: String,
    kind: { type: String },
    occupationCode: String,
    trade: String,
    skillLevel: String,
    project: String,
    subsidised: Boolean,
    fundingSource: String,
    capacity: Number,
    theoryHours: Number,
    practiceHours: Number,
    startsOn: String,
    endsOn: String,
    venue: String,
    areaCode: String,
    recordedFromPaper: Boolean,
    status: String,
    statusChanges: [statusChange],
    firstHeld: [new Schema({ day: String, at: Date }, { _id: false })],
    enrolled: Number,
    createdBy: String,
    submittedBy: String,
    createdAt: Date,
    changedAt: Date,
  },
  { versionKey: false, collection: 'trainingSessions' },
);
schema.index({ number: 1 }, { unique: true });
schema.index({ centreId: 1, status: 1, startsOn: -1, number: -1 });
schema.index({ centreId: 1, startsOn: -1, number: -1 });
schema.index({ evaluatorId: 1, startsOn: -1 });
schema.index({ areaCode: 1, startsOn: -1, number: -1 });
schema.index({ areaCode: 1, status: 1, startsOn: -1, number: -1 });
schema.index({ status: 1, startsOn: -1, number: -1 });
schema.index({ startsOn: -1, number: -1 });
schema.index({ kind: 1, startsOn: -1 });
schema.index({ name: 1 });
schema.index({ changedAt: 1 });

export type TrainingSessions = ReturnType<typeof createTrainingSessions>;

export function createTrainingSessions(connection: Connection) {
  return createRecordStore<TrainingSession>(connection, 'TrainingSession', schema, {
    centre: 'centreId',
    evaluator: 'evaluatorId',
    area: 'areaCode',
  });
}
