// Legal holds, and whom and what those that stand reach.
import { Schema, type Connection } from 'mongoose';
import { district } from '../domain/accounts/scope.ts';
import type { Held } from '../domain/retention/due.ts';
import type { HeldKind, LegalHold } from '../domain/retention/legal-hold.ts';
import type { Enrolments } from './enrolments.ts';
import type { PersonMerges } from './person-merges.ts';
import { createRecordStore } from './record-store.ts';

const schema = new Schema(
  {
    _id: String,
    version: Number,
    about: { _id: false, kind: { type: String }, id: { type: String } },
    label: String,
    reason: String,
    setBy: String,
    setByName: String,
    setAt: Date,
    liftedByName: String,
    liftedAt: Date,
    liftedReason: String,
  },
  { versionKey: false, collection: 'legalHolds' },
);
// One hold at a time on a person or a session.
schema.index(
  { 'about.kind': 1, 'about.id': 1 },
  { unique: true, partialFilterExpression: { liftedAt: null } },
);
schema.index({ 'about.id': 1, setAt: -1 });
schema.index({ liftedAt: 1, setAt: -1 });

export type LegalHolds = ReturnType<typeof createLegalHolds>;

/** The store of legal holds: the bureau's alone. */
export function createLegalHolds(connection: Connection, enrolments: Enrolments, merges: PersonMerges) {
  const store = createRecordStore<LegalHold>(connection, 'LegalHold', schema, {});
  const standing = () => store.find(district, { liftedAt: null }, { sort: { setAt: -1 } });
  return {
    ...store,
    /** Those not lifted, latest first. */
    standing,
    /** The hold that stands on a person or a session, or null. */
    on: (kind: HeldKind, id: string) =>
      store.findOne(district, { 'about.kind': kind, 'about.id': id, liftedAt: null }),
    /** All holds on a record of a person, lifted or not, the latest first. */
    ofPerson: (personId: string) =>
      store.find(district, { 'about.id': personId, 'about.kind': 'person' }, { sort: { setAt: -1 } }),
    /** Holds that stand on another record of the same person, merged with the one given. */
    async onJoined(personId: string): Promise<LegalHold[]> {
      const others = [...(await merges.joinedWith([personId]))].filter((id) => id !== personId);
      if (others.length === 0) return [];
      return store.find(district, {
        'about.kind': 'person',
        'about.id': { $in: others },
        liftedAt: null,
      });
    },
    /** The last lifted ones. */
    lifted: () =>
      store.find(
        district,
        { liftedAt: { $gt: new Date(0) } },
        { sort: { liftedAt: -1 }, page: { skip: 0, limit: 50 } },
      ),
    /**
     * Held persons with the sessions they are in, held sessions with the persons in them. A hold on one of several merged
     * records reaches all of them while the merge stands, so it follows a merge and its reversal by itself.
     */
    async reach(): Promise<Held> {
      const holds = await standing();
      const idsOf = (kind: HeldKind) =>
        holds.filter((one) => one.about.kind === kind).map((one) => one.about.id);
      const [persons, sessions] = [await merges.joinedWith(idsOf('person')), idsOf('trainingSession')];
      const reached = { persons: new Set(persons), sessions: new Set(sessions) };
      if (persons.size > 0)
        for (const one of await enrolments.find(district, { personId: { $in: [...persons] } }))
          reached.sessions.add(one.sessionId);
      if (sessions.length > 0)
        for (const one of await enrolments.find(district, { sessionId: { $in: sessions } }))
          reached.persons.add(one.personId);
      return { ...reached, persons: await merges.joinedWith(reached.persons) };
    },
  };
}
