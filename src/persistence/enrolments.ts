// Enrolments: one person in one training session, with facts copied when enrolled.
import { Schema, type Connection } from 'mongoose';
import type { Scope } from '../domain/accounts/scope.ts';
import { Conflict, RuleBroken } from '../domain/shared/errors.ts';
import type { CreditedHours, Enrolment } from '../domain/training/enrolment.ts';
import { inTransaction } from './connection.ts';
import { createRecordStore } from './record-store.ts';
import { sortKeyOf } from './sort-key.ts';
import { statusChange } from './training-sessions.ts';

const schema = new Schema(
  {
    _id: String,
    version: Number,
    sessionId: String,
    personId: String,
    centreId: String,
    name: String,
    nameSortKey: String,
    gender: String,
    birthDay: String,
    education: String,
    householdRegistration: String,
    keyGroups: [String],
    employer: String,
    areaCode: String,
    joinedOn: String,
    status: String,
    statusChanges: [statusChange],
    withdrawnOn: String,
    withdrawnReason: String,
    importId: String,
    acceptedWarnings: [new Schema({ code: String, reason: String }, { _id: false })],
    hours: new Schema({ theory: Number, practice: Number, online: Number }, { _id: false }),
    // True unless undone: with the index below, one person is in one session once (C02).
    counted: Boolean,
    createdAt: Date,
    changedAt: Date,
  },
  { versionKey: false, collection: 'enrolments' },
);
schema.index({ sessionId: 1, personId: 1 }, { unique: true, partialFilterExpression: { counted: true } });
schema.index({ sessionId: 1, nameSortKey: 1 });
schema.index({ personId: 1, createdAt: 1 });
schema.index({ centreId: 1, createdAt: -1 });
schema.index({ areaCode: 1, createdAt: -1 });
schema.index({ importId: 1 }, { partialFilterExpression: { importId: { $type: 'string' } } });
schema.index({ changedAt: 1 });

/** Class hours to add to one enrolment, and the days of the lessons they come from. */
export interface HoursCredit {
  readonly id: string;
  readonly hours: CreditedHours;
  readonly firstDay: string;
  readonly lastDay: string;
}

export type Enrolments = ReturnType<typeof createEnrolments>;

/** The store of enrolments; a centre sees its own, an area those of sessions held on its ground, a holder his own. */
export function createEnrolments(connection: Connection) {
  const toStored = (enrolment: Enrolment) => ({
    ...enrolment,
    nameSortKey: enrolment.nameSortKey || sortKeyOf(enrolment.name),
    counted: enrolment.status !== 'undone',
  });
  const store = createRecordStore<Enrolment>(
    connection,
    'Enrolment',
    schema,
    { centre: 'centreId', area: 'areaCode', self: 'personId' },
    {
      toStored,
      fromStored: (stored) => {
        const fields: Record<string, unknown> = { ...stored };
        delete fields['counted'];
        return fields as unknown as Enrolment;
      },
    },
  );
  const mustBeInTransaction = () => {
    if (!inTransaction(connection)) throw new Error('Enrolments were written outside a transaction');
  };
  return {
    ...store,
    /** The roster of a session in order of name: all but undone enrolments, or only those still in it. */
    async ofSession(scope: Scope, sessionId: string, options: { live?: boolean } = {}): Promise<Enrolment[]> {
      const status = options.live ? { $nin: ['undone', 'withdrawn'] } : { $ne: 'undone' };
      return store.find(scope, { sessionId, status }, { sort: { nameSortKey: 1 } });
    },
    /** All enrolments of a person that were not undone, oldest first. */
    async ofPerson(scope: Scope, personId: string): Promise<Enrolment[]> {
      return store.find(scope, { personId, status: { $ne: 'undone' } }, { sort: { createdAt: 1 } });
    },
    async ofImport(scope: Scope, importId: string): Promise<Enrolment[]> {
      return store.find(scope, { importId }, { sort: { nameSortKey: 1 } });
    },
    /** Saves changed enrolments in one write; throws Conflict shared.changedMeanwhile unless all still had their version. */
    async saveMany(enrolments: readonly Enrolment[]): Promise<void> {
      mustBeInTransaction();
      if (enrolments.length === 0) return;
      const matched = await store.documents.replaceMany(
        enrolments.map((enrolment) => {
          const { id, ...fields } = toStored(enrolment);
          return { ...fields, _id: id };
        }),
      );
      if (matched !== enrolments.length) throw new Conflict('shared.changedMeanwhile');
      store.noteVersions(enrolments.length);
    },
    /** Takes the household registration out of persons' enrolments: no figure counts by it. */
    async forgetHouseholds(personIds: readonly string[]): Promise<void> {
      mustBeInTransaction();
      const { matchedCount } = await store.model.updateMany(
        { personId: { $in: [...personIds] } } as never,
        { $set: { householdRegistration: null }, $inc: { version: 1 } } as never,
      );
      store.noteVersions(matchedCount);
    },
    /** Puts a session's enrolments on other ground, so that its area's desk finds them. */
    async moveToArea(sessionId: string, areaCode: string | null, now: Date): Promise<void> {
      mustBeInTransaction();
      const moved = await store.model.updateMany(
        { sessionId } as never,
        { $set: { areaCode, changedAt: now }, $inc: { version: 1 } } as never,
      );
      store.noteVersions(moved.matchedCount);
    },
    /**
     * Adds class hours credited (or taken off) by attendance, in one write. Throws RuleBroken attendance.notOnRoster unless each
     * belongs to the session, had joined by the first of the days and was not withdrawn by the last.
     */
    async creditHours(sessionId: string, credits: readonly HoursCredit[], now: Date): Promise<void> {
      mustBeInTransaction();
      if (credits.length === 0) return;
      // Most of a class is credited alike: one update for each different credit.
      const alike = new Map<string, HoursCredit[]>();
      for (const credit of credits) {
        const key = JSON.stringify([credit.hours, credit.firstDay, credit.lastDay]);
        alike.set(key, [...(alike.get(key) ?? []), credit]);
      }
      const matched = await store.documents.update(
        [...alike.values()].map((same) => {
          const { hours, firstDay, lastDay } = same[0]!;
          return {
            updateMany: {
              filter: {
                _id: { $in: same.map((credit) => credit.id) },
                sessionId,
                status: { $ne: 'undone' },
                joinedOn: { $lte: firstDay },
                $or: [{ withdrawnOn: null }, { withdrawnOn: { $gt: lastDay } }],
              },
              update: {
                $inc: {
                  'hours.theory': hours.theory,
                  'hours.practice': hours.practice,
                  'hours.online': hours.online,
                  version: 1,
                },
                $set: { changedAt: now },
              },
            },
          };
        }),
      );
      if (matched !== credits.length) throw new RuleBroken('attendance.notOnRoster');
      store.noteVersions(credits.length);
    },
    /** Sets credited class hours by enrolment id, derived from attendance, in one write; versions grow by one. */
    async setHours(
      hours: readonly { readonly id: string; readonly hours: CreditedHours }[],
      now: Date,
    ): Promise<void> {
      mustBeInTransaction();
      if (hours.length === 0) return;
      const matched = await store.documents.update(
        hours.map((one) => ({
          updateOne: {
            filter: { _id: one.id },
            update: { $set: { hours: one.hours, changedAt: now }, $inc: { version: 1 } },
          },
        })),
      );
      store.noteVersions(matched);
    },
  };
}
