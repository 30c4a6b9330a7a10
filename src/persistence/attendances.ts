// Attendance: one document a lesson, under the lesson's id, with a mark for each person.
import { Schema, type Connection } from 'mongoose';
import type { Scope } from '../domain/accounts/scope.ts';
import type { Attendance } from '../domain/training/attendance.ts';
import { createRecordStore } from './record-store.ts';

const schema = new Schema(
  {
    _id: String,
    version: Number,
    sessionId: String,
    centreId: String,
    areaCode: String,
    // Plain lists: forty marks a lesson are read and written as they are.
    marks: Schema.Types.Mixed,
    earlier: Schema.Types.Mixed,
    markedBy: String,
    markedByName: String,
    markedAt: Date,
  },
  { versionKey: false, collection: 'attendances' },
);
schema.index({ sessionId: 1 });
schema.index({ markedAt: 1, _id: 1 });

export type Attendances = ReturnType<typeof createAttendances>;

/** The store of attendance; a centre sees its own, an area that of sessions on its ground. */
export function createAttendances(connection: Connection) {
  const store = createRecordStore<Attendance>(connection, 'Attendance', schema, {
    centre: 'centreId',
    area: 'areaCode',
  });
  return {
    ...store,
    /** The attendance of every marked lesson of a session. */
    async ofSession(scope: Scope, sessionId: string): Promise<Attendance[]> {
      return store.find(scope, { sessionId });
    },
    /** Puts a session's attendance on other ground; call it inside a transaction. */
    async moveToArea(sessionId: string, areaCode: string | null): Promise<void> {
      const moved = await store.model.updateMany(
        { sessionId } as never,
        { $set: { areaCode }, $inc: { version: 1 } } as never,
      );
      store.noteVersions(moved.matchedCount);
    },
  };
}
