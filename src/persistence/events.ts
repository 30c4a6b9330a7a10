// The trail: every use-case that writes records a past-tense event in its own transaction (docs/events.md).
import { Schema, type Connection } from 'mongoose';
import type { Actor } from '../domain/accounts/actor.ts';
import { inTransaction } from './connection.ts';

/** Values an event may carry: never a document number, mobile, account number or code in clear. */
export type EventFacts = Readonly<Record<string, unknown>>;

export interface NewEvent {
  /** Past tense, noun first: 'trainingSession.submitted'. */
  readonly what: string;
  readonly who: Pick<Actor, 'accountId' | 'name'>;
  readonly about: { readonly kind: string; readonly id: string };
  readonly when: Date;
  readonly before?: EventFacts | undefined;
  readonly after?: EventFacts | undefined;
  readonly reason?: string | undefined;
}

export interface RecordedEvent extends NewEvent {
  readonly id: string;
}

const schema = new Schema(
  {
    _id: String,
    what: String,
    who: { _id: false, accountId: String, name: String },
    about: { _id: false, kind: { type: String }, id: { type: String } },
    when: Date,
    before: Schema.Types.Mixed,
    after: Schema.Types.Mixed,
    reason: String,
  },
  { versionKey: false, collection: 'events', minimize: false },
);
schema.index({ 'about.kind': 1, 'about.id': 1, when: 1 });
schema.index({ when: 1, _id: 1 });

export type Events = ReturnType<typeof createEvents>;

export function createEvents(connection: Connection, newId: () => string) {
  const model = connection.model('Event', schema);
  return {
    model,
    /** Records one event; outside a transaction it is a bug and throws. */
    async record(event: NewEvent): Promise<void> {
      await this.recordMany([event]);
    },
    async recordMany(events: readonly NewEvent[]): Promise<void> {
      if (!inTransaction(connection)) throw new Error('An event was recorded outside a transaction');
      const documents = events.map((event) => ({
        _id: newId(),
        ...event,
        who: { accountId: event.who.accountId, name: event.who.name },
      }));
      if (documents.length > 0) await model.insertMany(documents, { lean: true } as never);
    },
    /** The events about one record, oldest first. */
    async about(kind: string, id: string, limit = 200): Promise<RecordedEvent[]> {
      const found = await model
        .find({ 'about.kind': kind, 'about.id': id })
        .sort({ when: 1 })
        .limit(limit)
        .lean();
      return found.map(({ _id, ...event }) => ({ ...event, id: _id }) as unknown as RecordedEvent);
    },
  };
}
