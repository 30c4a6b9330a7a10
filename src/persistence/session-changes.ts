// Changes of approved training sessions that wait for the bureau or were decided.
import { Schema, type Connection } from 'mongoose';
import type { Scope } from '../domain/accounts/scope.ts';
import type { SessionChange } from '../domain/training/session-change.ts';
import { createRecordStore } from './record-store.ts';
import { statusChange } from './training-sessions.ts';

const schema = new Schema(
  {
    _id: String,
    version: Number,
    sessionId: String,
    centreId: String,
    areaCode: String,
    sessionNumber: String,
    sessionName: String,
    before: Schema.Types.Mixed,
    after: Schema.Types.Mixed,
    moveLessons: Boolean,
    reason: String,
    evidenceId: String,
    status: String,
    statusChanges: [statusChange],
    createdBy: String,
    createdByName: String,
    createdAt: Date,
    changedAt: Date,
  },
  { versionKey: false, collection: 'sessionChanges', minimize: false },
);
// One change at a time waits for a decision.
schema.index({ sessionId: 1 }, { unique: true, partialFilterExpression: { status: 'submitted' } });
schema.index({ sessionId: 1, createdAt: 1 });
schema.index({ status: 1, createdAt: 1 });
schema.index({ centreId: 1, status: 1, createdAt: -1 });
schema.index({ areaCode: 1, createdAt: -1 });

export type SessionChanges = ReturnType<typeof createSessionChanges>;

/** The store of session changes; a centre sees its own, an area those on its ground. */
export function createSessionChanges(connection: Connection) {
  const store = createRecordStore<SessionChange>(connection, 'SessionChange', schema, {
    centre: 'centreId',
    area: 'areaCode',
  });
  return {
    ...store,
    /** The changes of a session, oldest first. */
    async ofSession(scope: Scope, sessionId: string): Promise<SessionChange[]> {
      return store.find(scope, { sessionId }, { sort: { createdAt: 1 } });
    },
  };
}
