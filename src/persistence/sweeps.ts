// How far a pass over all persons has come, so that the next one goes on there; what changes later comes after it.
import { Schema, type Connection, type Model } from 'mongoose';
import { district } from '../domain/accounts/scope.ts';
import type { Person } from '../domain/people/person.ts';
import { inTransaction } from './connection.ts';
import type { People } from './people.ts';
import { pageThrough, type Cursor } from './retention/page-through.ts';

const schema = new Schema(
  { _id: String, reachedAt: Date, reachedId: String },
  { versionKey: false, collection: 'sweeps' },
);

export type Sweeps = ReturnType<typeof createSweeps>;

export function createSweeps(connection: Connection, people: People) {
  const model = connection.model('Sweep', schema);
  return {
    /** Where a pass has come to; null before its first step. */
    async placeOf(name: string): Promise<Cursor | null> {
      const found = await model.findById(name).lean();
      return found?.reachedAt ? { value: found.reachedAt, id: found.reachedId ?? '' } : null;
    },
    /** The next persons in order of their last change before an instant, merged ones left out, and the place after them. */
    async page(
      after: Cursor | null,
      before: Date,
      limit: number,
    ): Promise<{ persons: Person[]; place: Cursor | null; isLast: boolean }> {
      const { found, next } = await pageThrough(people.model as unknown as Model<never>, 'changedAt', {
        end: before,
        after,
        limit,
      });
      const known = await people.byIds(
        district,
        found.map(({ _id }) => _id),
      );
      const last = found.at(-1);
      return {
        persons: [...known.values()].filter((one) => one.mergedInto === null),
        place: last === undefined ? after : { value: last['changedAt'] as Date, id: last._id },
        isLast: next === null,
      };
    },
    /** Notes where the pass has come to; null lets it begin anew. Call it in the transaction of the step. */
    async reach(name: string, place: Cursor | null): Promise<void> {
      if (!inTransaction(connection)) throw new Error('A sweep was moved on outside a transaction');
      await model.updateOne(
        { _id: name },
        { $set: { reachedAt: place?.value ?? null, reachedId: place?.id ?? null } },
        { upsert: true },
      );
    },
  };
}
