// The trail: every use-case that writes records a past-tense event in its own transaction (docs/events.md); the sealer
// numbers and chains it soon after (ADR 10).
import { Schema, type Connection } from 'mongoose';
import type { Actor } from '../domain/accounts/actor.ts';
import { storable } from '../domain/trail/canonical-bytes.ts';
import type { Seal } from '../domain/trail/chain.ts';
import { currentTransaction, type OpenTransaction } from './connection.ts';
import { requestAddress } from './request-facts.ts';

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
  /** The kept file that proves it; its id alone, for what it was called is nobody's to know. */
  readonly evidenceId?: string | null | undefined;
}

export interface RecordedEvent extends NewEvent {
  readonly id: string;
  /** Network address the request came from; null where no request asked for it. */
  readonly address: string | null;
  /** Record versions its transaction wrote, by collection; on the transaction's first event, where there were any. */
  readonly wrote?: Readonly<Record<string, number>>;
  /** Where a page of the trail is read, once the sealer came by. */
  readonly seal?: Seal;
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
    evidenceId: String,
    address: String,
    wrote: Schema.Types.Mixed,
    sealBatch: Number,
    unsealedSince: Date,
  },
  { versionKey: false, collection: 'events', minimize: false },
);
// Ids are of one kind each, so that the kind need not stand in the index.
schema.index({ 'about.id': 1, when: 1, _id: 1 });
// The auditor's page narrows by each of these, newest first.
for (const field of ['who.accountId', 'about.kind', 'what', 'address'])
  schema.index({ [field]: 1, when: -1, _id: -1 });
schema.index({ when: -1, _id: -1 });
// Holds only the events of the last seconds: what is sealed has no such field.
schema.index({ unsealedSince: 1 }, { sparse: true });

export type Events = ReturnType<typeof createEvents>;

export function createEvents(connection: Connection, newId: () => string) {
  const model = connection.model('Event', schema);
  const recorded = new WeakMap<OpenTransaction, object[]>();
  /** Last of the transaction, so that the first of its events can say how many record versions came with it. */
  const write = async (documents: readonly object[], { wrote, session }: OpenTransaction): Promise<void> => {
    const [first, ...others] = documents;
    if (first === undefined) return;
    const versions = [...wrote].filter(([, count]) => count !== 0);
    const all = versions.length === 0 ? first : { ...first, wrote: Object.fromEntries(versions) };
    await model.collection.insertMany([all, ...others] as never, { session });
  };
  return {
    model,
    /** Records one event; outside a transaction, or with a value no event may hold, it is a bug and throws. */
    async record(event: NewEvent): Promise<void> {
      await this.recordMany([event]);
    },
    async recordMany(events: readonly NewEvent[]): Promise<void> {
      const transaction = currentTransaction(connection);
      if (transaction === null) throw new Error('An event was recorded outside a transaction');
      const unsealedSince = new Date();
      const documents = events.map((event) =>
        storable({
          _id: newId(),
          ...event,
          evidenceId: event.evidenceId ?? undefined,
          who: { accountId: event.who.accountId, name: event.who.name },
          address: requestAddress(),
          unsealedSince,
        }),
      );
      const waiting = recorded.get(transaction) ?? [];
      waiting.push(...documents);
      recorded.set(transaction, waiting);
      transaction.beforeCommit = () => write(waiting, transaction);
    },
    /** The events about one record, oldest first. */
    async about(kind: string, id: string, limit = 200): Promise<RecordedEvent[]> {
      const found = await model
        .find({ 'about.kind': kind, 'about.id': id })
        .sort({ when: 1, _id: 1 })
        .limit(limit)
        .lean();
      return found.map(({ _id, ...event }) => ({ ...event, id: _id }) as unknown as RecordedEvent);
    },
  };
}
