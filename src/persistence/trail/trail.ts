// Seals events: the lease says who may, the head how far the chain reaches, and one transaction moves both on with a batch
// of events. A holder whose lease was taken meanwhile finds another term in the head and writes nothing (ADR 10).
import { Schema, type Connection } from 'mongoose';
import { system } from '../../domain/accounts/without-account.ts';
import type { StoredEvent } from '../../domain/trail/canonical-bytes.ts';
import { genesis, nextSeal, type Seal } from '../../domain/trail/chain.ts';
import { link } from './link.ts';
import { untoldVersions } from './record-versions.ts';
import { createSeals } from './seals.ts';

const schema = new Schema(
  { _id: String, number: Number, hash: String, term: Number, holder: String, leaseUntil: Date },
  { versionKey: false, collection: 'trailHeads' },
);
const headId = 'events';

const batchSize = 500;
export const leaseMilliseconds = 5_000;

/** Thrown when another sealer took the lease: whoever sees it is the sealer no longer. */
export class LostLease extends Error {}

export interface Sealed {
  readonly count: number;
  /** Whether a whole batch was waiting, so that there may be more. */
  readonly more: boolean;
  /** Ids of events that hold what no event may hold, so that nobody can seal them. */
  readonly unsealable: readonly string[];
}

type EventDocument = Record<string, unknown> & { _id: string };
type ClientSession = Awaited<ReturnType<Connection['startSession']>>;

export type Trail = ReturnType<typeof createTrail>;

export function createTrail(connection: Connection) {
  const heads = connection.model('TrailHead', schema);
  const kept = createSeals(connection);
  // The driver's own collections: casting every update would cost as much as sealing.
  const events = () => connection.db!.collection<EventDocument>('events');
  const until = (now: Date) => new Date(now.getTime() + leaseMilliseconds);

  return {
    /** How far the chain reaches, or null before anything was sealed by anybody. */
    async head(): Promise<Seal | null> {
      const found = await heads.findById(headId).lean();
      return found === null ? null : { number: found.number!, hash: found.hash! };
    },
    /** Takes the lease if nobody holds it any more: the term under which the caller may seal, or null. */
    async takeLease(holder: string, now: Date): Promise<number | null> {
      if ((await heads.findById(headId).lean()) === null) await begin();
      const found = await heads
        .findOneAndUpdate(
          { _id: headId, leaseUntil: { $lte: now } },
          { $set: { holder, leaseUntil: until(now) }, $inc: { term: 1 } },
          { returnDocument: 'after' },
        )
        .lean();
      return found?.term ?? null;
    },
    /** Keeps the lease; throws LostLease when another took it. */
    async renewLease(term: number, now: Date): Promise<void> {
      const kept = await heads.updateOne({ _id: headId, term }, { $set: { leaseUntil: until(now) } });
      if (kept.matchedCount === 0) throw new LostLease();
    },
    async releaseLease(term: number): Promise<void> {
      await heads.updateOne({ _id: headId, term }, { $set: { leaseUntil: new Date(0) } });
    },
    /** Seals the events waiting longest, at most a batch; throws LostLease when another may seal now. */
    async sealBatch(term: number, now: Date): Promise<Sealed> {
      if ((await waiting(1)).length === 0) return { count: 0, more: false, unsealable: [] };
      return connection
        .getClient()
        .withSession((session) => session.withTransaction(() => sealWaiting(term, now, session)));
    },
  };

  async function sealWaiting(term: number, now: Date, session: ClientSession): Promise<Sealed> {
    const head = await heads.findOne({ _id: headId, term }, null, { session }).lean();
    if (head === null) throw new LostLease();
    const found = await waiting(batchSize, session);
    const { seals, last, unsealable } = chain(found, { number: head.number!, hash: head.hash! });
    if (seals.length === 0) return { count: 0, more: false, unsealable };
    const moved = await heads.updateOne(
      { _id: headId, term, number: head.number! },
      { $set: { ...last, leaseUntil: until(now) } },
      { session },
    );
    if (moved.matchedCount === 0) throw new LostLease();
    await kept.keep(seals, session);
    return { count: seals.length, more: found.length === batchSize, unsealable };
  }

  /**
   * The head of a trail nobody sealed yet. Events from before there was a sealer wait for it from now on, and records from
   * then are told of by one event more.
   */
  async function begin(): Promise<void> {
    await events().updateMany(
      { sealBatch: { $exists: false }, unsealedSince: { $exists: false } },
      { $set: { unsealedSince: new Date() } },
    );
    const head = { _id: headId, ...genesis, term: 0, holder: '', leaseUntil: new Date(0) };
    try {
      await connection.getClient().withSession((session) =>
        session.withTransaction(async () => {
          await heads.insertMany([head], { session });
          const untold = await untoldVersions(connection, session);
          if (untold.length > 0) await events().insertOne(begun(untold, new Date()), { session });
        }),
      );
    } catch (error) {
      // Of two sealers that begin at once, one head is both's.
      if ((error as { code?: number }).code !== 11000) throw error;
    }
  }

  function waiting(limit: number, session?: ClientSession): Promise<EventDocument[]> {
    return events()
      .find({ unsealedSince: { $gt: new Date(0) } }, { session: session!, batchSize: limit + 1 })
      .sort({ unsealedSince: 1 })
      .limit(limit)
      .toArray();
  }
}

/** The event that tells of all records from before events did. */
function begun(untold: readonly (readonly [string, number])[], when: Date): EventDocument {
  return {
    _id: 'trail-begun',
    what: 'trail.begun',
    who: system,
    about: { kind: 'trail', id: 'events' },
    when,
    address: null,
    wrote: Object.fromEntries(untold),
    unsealedSince: when,
  };
}

function chain(waiting: readonly StoredEvent[], head: Seal) {
  const seals: { id: string; seal: Seal }[] = [];
  const unsealable: string[] = [];
  let last = head;
  for (const event of waiting.toSorted(byWhenAndId)) {
    const id = String(event['_id']);
    try {
      last = nextSeal(link, last, event);
      seals.push({ id, seal: last });
    } catch {
      unsealable.push(id);
    }
  }
  return { seals, last, unsealable };
}

function byWhenAndId(one: StoredEvent, other: StoredEvent): number {
  const [a, b] = [Number(one['when']), Number(other['when'])];
  if (a !== b) return a - b;
  return String(one['_id']) < String(other['_id']) ? -1 : 1;
}
