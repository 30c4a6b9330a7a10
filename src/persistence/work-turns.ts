// Whose turn a recurring work is: one document per work and time slot, taken by a lease, so that of two processes one works.
import { Schema, type Connection } from 'mongoose';

const schema = new Schema(
  { _id: String, state: String, leaseUntil: Date, tries: Number, doneAt: Date, forgetAt: Date },
  { versionKey: false, collection: 'workTurns' },
);
schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

const leaseMilliseconds = 60_000;
const restMilliseconds = 10 * 60_000;
const keptMilliseconds = 90 * 86_400_000;

export type WorkTurns = ReturnType<typeof createWorkTurns>;

export function createWorkTurns(connection: Connection) {
  const model = connection.model('WorkTurn', schema);
  const later = (now: Date, milliseconds: number) => new Date(now.getTime() + milliseconds);
  const idOf = (name: string, slot: string) => `${name}:${slot}`;
  return {
    /** Whether the caller may do the work of this slot now: nobody did it, and nobody is at it. */
    async take(name: string, slot: string, now: Date): Promise<boolean> {
      const leaseUntil = later(now, leaseMilliseconds);
      const _id = idOf(name, slot);
      try {
        const taken = await model.updateOne(
          { _id, state: 'open', leaseUntil: { $lte: now } },
          { $set: { leaseUntil }, $inc: { tries: 1 } },
        );
        if (taken.matchedCount === 1) return true;
        if ((await model.findById(_id, { _id: 1 }).lean()) !== null) return false;
        const forgetAt = later(now, keptMilliseconds);
        await model.insertMany([{ _id, state: 'open', leaseUntil, tries: 1, doneAt: null, forgetAt }], {
          lean: true,
        } as never);
        return true;
      } catch (error) {
        if ((error as { code?: unknown }).code === 11000) return false;
        throw error;
      }
    },
    /** Keeps the turn while the work goes on; call it more often than once a minute. */
    async renew(name: string, slot: string, now: Date): Promise<void> {
      await model.updateOne(
        { _id: idOf(name, slot), state: 'open' },
        { $set: { leaseUntil: later(now, leaseMilliseconds) } },
      );
    },
    async finish(name: string, slot: string, now: Date): Promise<void> {
      await model.updateOne({ _id: idOf(name, slot) }, { $set: { state: 'done', doneAt: now } });
    },
    /** Leaves the work to be tried again in ten minutes, or at once when it was only interrupted. */
    async giveUp(name: string, slot: string, now: Date, interrupted: boolean): Promise<void> {
      const leaseUntil = interrupted ? now : later(now, restMilliseconds);
      await model.updateOne({ _id: idOf(name, slot), state: 'open' }, { $set: { leaseUntil } });
    },
  };
}
