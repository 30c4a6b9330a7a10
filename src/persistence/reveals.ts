// Who saw which number whole, for what purpose; and the cases raised when it was many. The numbers themselves are not here.
import { Schema, type Connection } from 'mongoose';
import { district } from '../domain/accounts/scope.ts';
import type { Reveal, RevealCase } from '../domain/people/reveal.ts';
import type { Page } from './record-store.ts';
import { createRecordStore } from './record-store.ts';

const schema = new Schema(
  {
    _id: String,
    accountId: String,
    accountName: String,
    personId: String,
    learnerNumber: String,
    field: String,
    purpose: String,
    note: String,
    address: String,
    at: Date,
  },
  { versionKey: false, collection: 'reveals' },
);
schema.index({ accountId: 1, at: -1, _id: -1 });
schema.index({ at: -1, _id: -1 });
schema.index({ personId: 1, at: -1 });

const caseSchema = new Schema(
  {
    _id: String,
    version: Number,
    number: String,
    accountId: String,
    accountName: String,
    openedAt: Date,
    count: Number,
    closedAt: Date,
    closedBy: String,
    finding: String,
  },
  { versionKey: false, collection: 'revealCases' },
);
caseSchema.index({ closedAt: 1, openedAt: -1 });
caseSchema.index({ accountId: 1 }, { unique: true, partialFilterExpression: { closedAt: null } });

export type Reveals = ReturnType<typeof createReveals>;

export function createReveals(connection: Connection) {
  const model = connection.model('Reveal', schema);
  const filterOf = (accountId: string | null) => (accountId === null ? {} : { accountId });
  return {
    model,
    async add({ id, ...reveal }: Reveal): Promise<void> {
      await model.insertMany([{ _id: id, ...reveal }], { lean: true } as never);
    },
    /** How many the account saw since the instant. */
    countSince: (accountId: string, since: Date) => model.countDocuments({ accountId, at: { $gt: since } }),
    /** All reveals of a person's numbers, oldest first. */
    async ofPerson(personId: string): Promise<Reveal[]> {
      const found = await model.find({ personId }).sort({ at: 1 }).lean();
      return found.map(({ _id, ...one }) => ({ ...one, id: _id }) as unknown as Reveal);
    },
    count: (accountId: string | null) => model.countDocuments(filterOf(accountId)),
    /** The latest first, of one account or of all. */
    async list(accountId: string | null, page: Page): Promise<Reveal[]> {
      const found = await model
        .find(filterOf(accountId))
        .sort({ at: -1, _id: -1 })
        .skip(page.skip)
        .limit(page.limit)
        .lean();
      return found.map(({ _id, ...one }) => ({ ...one, id: _id }) as unknown as Reveal);
    },
  };
}

export type RevealCases = ReturnType<typeof createRevealCases>;

export function createRevealCases(connection: Connection) {
  const store = createRecordStore<RevealCase>(connection, 'RevealCase', caseSchema, {});
  return {
    ...store,
    /** The account's case that is not closed yet, or null. */
    openOf: (accountId: string) => store.findOne(district, { accountId, closedAt: null }),
    /** Cases not closed, then the last fifty closed ones. */
    async list(): Promise<RevealCase[]> {
      const page = { skip: 0, limit: 50 };
      const open = await store.find(district, { closedAt: null }, { sort: { openedAt: -1 } });
      const closed = await store.find(
        district,
        { closedAt: { $gt: new Date(0) } },
        { sort: { closedAt: -1 }, page },
      );
      return [...open, ...closed];
    },
  };
}
