// Requests of persons about what is kept of them: the bureau sees all, a person their own.
import { Schema, type Connection } from 'mongoose';
import { district } from '../domain/accounts/scope.ts';
import type { SubjectRequest } from '../domain/people/subject-request.ts';
import { createRecordStore } from './record-store.ts';

const outcome = new Schema({ part: String, ground: String }, { _id: false });
const schema = new Schema(
  {
    _id: String,
    version: Number,
    number: String,
    personId: String,
    learnerNumber: String,
    kind: { type: String },
    fact: String,
    wantedSealed: String,
    fileId: String,
    status: String,
    outcomes: [outcome],
    createdAt: Date,
    decidedAt: Date,
    decidedByName: String,
    answer: String,
  },
  { versionKey: false, collection: 'subjectRequests' },
);
schema.index({ personId: 1, createdAt: -1 });
schema.index({ status: 1, createdAt: 1 });
schema.index({ decidedAt: 1, _id: 1 });

export type SubjectRequests = ReturnType<typeof createSubjectRequests>;

export function createSubjectRequests(connection: Connection) {
  const store = createRecordStore<SubjectRequest>(connection, 'SubjectRequest', schema, { self: 'personId' });
  return {
    ...store,
    ofPerson: (personId: string) =>
      store.find({ kind: 'self', personId }, { personId }, { sort: { createdAt: -1 } }),
    /** Takes what a person wrote and sent along out of their decided requests; the ids of the files it leaves. */
    async forgetSent(personId: string): Promise<string[]> {
      const decided = (await this.ofPerson(personId)).filter((one) => one.status !== 'submitted');
      const sent = decided.filter((one) => one.fileId !== null || one.wantedSealed !== null);
      for (const one of sent) await store.save({ ...one, fileId: null, wantedSealed: null });
      return sent.flatMap(({ fileId }) => (fileId === null ? [] : [fileId]));
    },
    /** Corrections nobody decided yet, oldest first. */
    waiting: () => store.find(district, { status: 'submitted' }, { sort: { createdAt: 1 } }),
    /** The last decided ones. */
    decided: () =>
      store.find(
        district,
        { decidedAt: { $gt: new Date(0) } },
        { sort: { decidedAt: -1 }, page: { skip: 0, limit: 50 } },
      ),
  };
}
