// Lessons of training sessions, and the questions asked of a centre's calendar.
import { Schema, type Connection } from 'mongoose';
import type { Scope } from '../domain/accounts/scope.ts';
import type { Lesson } from '../domain/training/lesson.ts';
import { Conflict } from '../domain/shared/errors.ts';
import { inTransaction } from './connection.ts';
import { createRecordStore } from './record-store.ts';
import { statusChange } from './training-sessions.ts';

const schema = new Schema(
  {
    _id: String,
    version: Number,
    sessionId: String,
    centreId: String,
    areaCode: String,
    day: String,
    startsAt: String,
    endsAt: String,
    classHours: Number,
    kind: { type: String },
    topic: String,
    teacher: String,
    venue: String,
    status: String,
    statusChanges: [statusChange],
    acceptedWarnings: [new Schema({ code: String, reason: String }, { _id: false })],
    // Grows when a lesson of the session is reopened or moved, so that a marking at the same time is tried again.
    turns: Number,
    createdBy: String,
    createdAt: Date,
    changedAt: Date,
  },
  { versionKey: false, collection: 'lessons' },
);
schema.index({ sessionId: 1, day: 1, startsAt: 1 });
schema.index({ centreId: 1, day: 1, startsAt: 1 });
schema.index({ areaCode: 1, day: 1, startsAt: 1 });
schema.index({ day: 1, startsAt: 1 });

export type Lessons = ReturnType<typeof createLessons>;

const byTime = { day: 1, startsAt: 1 } as const;

/** The store of lessons; a centre sees its own, an area those on its ground. */
export function createLessons(connection: Connection) {
  const store = createRecordStore<Lesson>(
    connection,
    'Lesson',
    schema,
    { centre: 'centreId', area: 'areaCode' },
    {
      fromStored: (stored) => {
        const fields = { ...stored };
        delete fields['turns'];
        return fields as unknown as Lesson;
      },
    },
  );
  const mustBeInTransaction = () => {
    if (!inTransaction(connection)) throw new Error('Lessons were written outside a transaction');
  };
  return {
    ...store,
    /** All lessons of a session in order of time, cancelled ones too. */
    async ofSession(scope: Scope, sessionId: string): Promise<Lesson[]> {
      return store.find(scope, { sessionId }, { sort: byTime });
    },
    async ofSessions(scope: Scope, sessionIds: readonly string[]): Promise<Lesson[]> {
      if (sessionIds.length === 0) return [];
      return store.find(scope, { sessionId: { $in: [...sessionIds] } }, { sort: byTime });
    },
    /** A centre's lessons of these days that were not cancelled. */
    async ofCentreOn(scope: Scope, centreId: string, days: readonly string[]): Promise<Lesson[]> {
      return store.find(scope, { centreId, day: { $in: [...new Set(days)] }, status: { $ne: 'cancelled' } });
    },
    /** Lessons from one day to another, both included, in order of time. */
    async between(scope: Scope, from: string, until: string): Promise<Lesson[]> {
      return store.find(scope, { day: { $gte: from, $lte: until } }, { sort: byTime });
    },
    /** Saves changed lessons in one write; throws Conflict shared.changedMeanwhile unless all had their version. */
    async saveMany(lessons: readonly Lesson[]): Promise<void> {
      mustBeInTransaction();
      if (lessons.length === 0) return;
      const matched = await store.documents.replaceMany(
        lessons.map(({ id, ...fields }) => ({ ...fields, _id: id })),
      );
      if (matched !== lessons.length) throw new Conflict('shared.changedMeanwhile');
      store.noteVersions(lessons.length);
    },
    /** Puts a session's lessons on other ground. */
    async moveToArea(sessionId: string, areaCode: string | null, now: Date): Promise<void> {
      mustBeInTransaction();
      const moved = await store.model.updateMany(
        { sessionId } as never,
        { $set: { areaCode, changedAt: now }, $inc: { version: 1 } } as never,
      );
      store.noteVersions(moved.matchedCount);
    },
    /** Writes to every lesson of a session without changing it: whoever marks one at the same time is tried again. */
    async touchAll(sessionId: string): Promise<void> {
      mustBeInTransaction();
      await store.model.updateMany({ sessionId } as never, { $inc: { turns: 1 } } as never);
    },
  };
}
