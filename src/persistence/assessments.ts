// Assessments and their candidates.
import { Schema, type Connection } from 'mongoose';
import type { Assessment, Candidate } from '../domain/certifications/assessment.ts';
import { createRecordStore } from './record-store.ts';
import { statusChange } from './training-sessions.ts';

const assessmentSchema = new Schema(
  {
    _id: String,
    version: Number,
    number: String,
    purpose: String,
    centreId: String,
    evaluatorId: String,
    sessionId: String,
    occupationCode: String,
    trade: String,
    skillLevel: String,
    method: String,
    heldOn: String,
    areaCode: String,
    status: String,
    statusChanges: [statusChange],
    createdBy: String,
    createdAt: Date,
    // When retention took the scores of its candidates out.
    scoresRemovedAt: Date,
  },
  { versionKey: false, collection: 'assessments' },
);
assessmentSchema.index({ number: 1 }, { unique: true });
assessmentSchema.index({ sessionId: 1, purpose: 1 });
assessmentSchema.index({ evaluatorId: 1, status: 1, heldOn: -1 });
assessmentSchema.index({ centreId: 1, heldOn: -1 });
assessmentSchema.index({ heldOn: -1 });
assessmentSchema.index({ heldOn: 1, _id: 1 });

const attempt = new Schema(
  {
    on: String,
    theory: Number,
    practice: Number,
    enteredBy: String,
    at: Date,
    correctedBy: { type: [String], default: undefined },
  },
  { _id: false },
);
const candidateSchema = new Schema(
  {
    _id: String,
    version: Number,
    assessmentId: String,
    addedBy: String,
    centreId: String,
    evaluatorId: String,
    personId: String,
    enrolmentId: String,
    sessionId: String,
    name: String,
    nameSortKey: String,
    gender: String,
    birthDay: String,
    education: String,
    keyGroups: [String],
    employer: String,
    attempts: [attempt],
    certificateId: String,
    batchId: String,
  },
  { versionKey: false, collection: 'candidates' },
);
candidateSchema.index({ assessmentId: 1, personId: 1 }, { unique: true });
candidateSchema.index({ assessmentId: 1, nameSortKey: 1 });
candidateSchema.index({ enrolmentId: 1 }, { partialFilterExpression: { enrolmentId: { $type: 'string' } } });
candidateSchema.index({ personId: 1 });

export type Assessments = ReturnType<typeof createAssessments>;

/** The store of assessments; centres see their own, evaluators theirs, an area those held on its ground. */
export function createAssessments(connection: Connection) {
  return createRecordStore<Assessment>(connection, 'Assessment', assessmentSchema, {
    centre: 'centreId',
    evaluator: 'evaluatorId',
    area: 'areaCode',
  });
}

export type Candidates = ReturnType<typeof createCandidates>;

export function createCandidates(connection: Connection) {
  const store = createRecordStore<Candidate>(connection, 'Candidate', candidateSchema, {
    centre: 'centreId',
    evaluator: 'evaluatorId',
    self: 'personId',
  });
  return {
    ...store,
    /** Saves changed candidates at once; throws Conflict through the caller when fewer than all still had their version. */
    async saveMany(candidates: readonly Candidate[]): Promise<number> {
      if (candidates.length === 0) return 0;
      const matched = await store.documents.replaceMany(
        candidates.map(({ id, ...fields }) => ({ ...fields, _id: id })),
      );
      store.noteVersions(matched);
      return matched;
    },
  };
}
