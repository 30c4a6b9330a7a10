// Whether a person sits in another lesson at the same time must be asked over all centres (C03); the answer is the persons
// and, for the refusal, a case reference: never the other session, centre or roster.
import { Schema, type Connection } from 'mongoose';
import { overlap, type TimeSlot } from '../../domain/training/lesson-rules.ts';
import type { Enrolments } from '../enrolments.ts';
import type { Lessons } from '../lessons.ts';
import type { Serials } from '../serials.ts';
import { enrolledElsewhere } from './enrolled-elsewhere.ts';

const caseSchema = new Schema(
  { _id: String, reference: String, personIds: [String], openedAt: Date },
  { versionKey: false, collection: 'overlapCases' },
);

caseSchema.index({ personIds: 1 });

export type LessonOverlaps = ReturnType<typeof createLessonOverlaps>;

export function createLessonOverlaps(
  connection: Connection,
  parts: { enrolments: Enrolments; lessons: Lessons; serials: Serials },
) {
  const cases = connection.model('OverlapCase', caseSchema);

  /** Session id → persons of the list who are enrolled there and sit in a lesson at one of these times. */
  const meetings = async (
    personIds: readonly string[],
    sessionId: string,
    slots: readonly TimeSlot[],
  ): Promise<Map<string, string[]>> => {
    if (personIds.length === 0 || slots.length === 0) return new Map();
    const elsewhere = await enrolledElsewhere(parts.enrolments, personIds, sessionId);
    if (elsewhere.length === 0) return new Map();
    const lessons = (await parts.lessons.documents.find(
      {
        sessionId: { $in: [...new Set(elsewhere.map((one) => one.sessionId))] },
        day: { $in: [...new Set(slots.map((slot) => slot.day))] },
        status: { $ne: 'cancelled' },
      },
      { fields: { sessionId: 1, day: 1, startsAt: 1, endsAt: 1 } },
    )) as unknown as (TimeSlot & { sessionId: string })[];
    const busy = new Set(
      lessons.filter((one) => slots.some((slot) => overlap(one, slot))).map((one) => one.sessionId),
    );
    const found = new Map<string, string[]>();
    for (const one of elsewhere) {
      const other = one.sessionId;
      if (busy.has(other)) found.set(other, [...(found.get(other) ?? []), one.personId]);
    }
    return found;
  };

  return {
    /** Of these persons, those in a lesson of another session, of any centre, at one of these times. */
    async busyPersons(
      personIds: readonly string[],
      sessionId: string,
      slots: readonly TimeSlot[],
    ): Promise<Set<string>> {
      return new Set([...(await meetings(personIds, sessionId, slots)).values()].flat());
    },
    /** The case reference (K-204) under which the bureau finds both sides: one for each pair of sessions, kept for good. */
    async refer(
      personIds: readonly string[],
      sessionId: string,
      slots: readonly TimeSlot[],
      now: Date,
    ): Promise<string> {
      const [other, persons] = [...(await meetings(personIds, sessionId, slots))].sort()[0] ?? ['', []];
      const id = [sessionId, other].sort().join(':');
      const known = await cases.findById(id).lean();
      if (known === null) {
        const reference = `K-${await parts.serials.take('overlap-case')}`;
        await cases.insertMany([{ _id: id, reference, personIds: persons, openedAt: now }]);
        return reference;
      }
      await cases.updateOne({ _id: id }, { $addToSet: { personIds: { $each: persons } } });
      return known.reference ?? '';
    },
  };
}
