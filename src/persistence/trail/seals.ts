// Seals lie apart from their events, one document for all that were sealed at once: the events' ids in order and their hashes.
// An event carries the first number of its batch, so that its seal is found by that (ADR 10).
import { Schema, type Connection } from 'mongoose';
import type { Place, Seal } from '../../domain/trail/chain.ts';

const schema = new Schema(
  { _id: Number, ids: [String], hashes: Buffer },
  { versionKey: false, collection: 'trailSeals' },
);

type ClientSession = Awaited<ReturnType<Connection['startSession']>>;
type StoredEvent = Record<string, unknown> & { _id: string };

interface Batch {
  /** The first event's number. */
  readonly _id: number;
  readonly ids: readonly string[];
  /** 32 bytes for each. */
  readonly hashes: Uint8Array;
}

const hashBytes = 32;
/** Batches looked through at once for the seals of events that are shown. */
const batchesAtOnce = 50;
/** Events looked up at once where the whole chain is read. */
const eventsAtOnce = 500;

export type Seals = ReturnType<typeof createSeals>;

export function createSeals(connection: Connection) {
  const model = connection.models['TrailSeal'] ?? connection.model('TrailSeal', schema);
  const batches = () => model.collection as unknown as BatchCollection;
  return {
    /** Keeps the seals of events sealed at once, in order of number, and marks the events with their batch. */
    async keep(
      sealed: readonly { readonly id: string; readonly seal: Seal }[],
      session: ClientSession,
    ): Promise<void> {
      const ids = sealed.map(({ id }) => id);
      const first = sealed[0]!.seal.number;
      const hashes = Buffer.from(sealed.map(({ seal }) => seal.hash).join(''), 'hex');
      await batches().insertOne({ _id: first, ids, hashes }, { session });
      const { matchedCount } = await connection
        .db!.collection<StoredEvent>('events')
        .updateMany(
          { _id: { $in: ids } },
          { $set: { sealBatch: first }, $unset: { unsealedSince: 1 } },
          { session },
        );
      if (matchedCount !== ids.length) throw new Error('An event to be sealed was gone');
    },
    /** Seals by event id; what was not sealed yet has none. */
    async of(
      events: readonly { readonly id: string; readonly sealBatch?: unknown }[],
    ): Promise<ReadonlyMap<string, Seal>> {
      const wanted = new Set(events.map(({ id }) => id));
      const numbers = [...new Set(events.map(({ sealBatch }) => sealBatch))].filter(
        (one) => typeof one === 'number',
      );
      const seals = new Map<string, Seal>();
      for (let from = 0; from < numbers.length; from += batchesAtOnce) {
        const some = batches().find({ _id: { $in: numbers.slice(from, from + batchesAtOnce) } });
        for await (const batch of some)
          for (const { id, seal } of sealsIn(batch)) if (wanted.has(id)) seals.set(id, seal);
      }
      return seals;
    },
    /** The number that the last seal gives; 0 before there is one. */
    async end(session: ClientSession): Promise<number> {
      const last = batches().find({}, { session, sort: { _id: -1 }, limit: 1 });
      for await (const batch of last) return sealsIn(batch).at(-1)!.seal.number;
      return 0;
    },
    /** The places of the chain after a number that ends a batch, in order, with what is found under their ids. */
    async *places(after: number, session?: ClientSession): AsyncGenerator<Place> {
      const options = session === undefined ? {} : { session };
      const filter = after === 0 ? {} : { _id: { $gt: after } };
      let some: Omit<Place, 'event'>[] = [];
      for await (const batch of batches().find(filter, { ...options, sort: { _id: 1 }, batchSize: 200 })) {
        for (const { id, seal } of sealsIn(batch)) some.push({ seal, eventId: id, batch: batch._id });
        // A quiet office seals one or two events at a time: a look-up for each batch would be one for each event.
        if (some.length < eventsAtOnce) continue;
        yield* await withEvents(some, options);
        some = [];
      }
      yield* await withEvents(some, options);
    },
  };

  async function withEvents(
    places: readonly Omit<Place, 'event'>[],
    options: { session?: ClientSession },
  ): Promise<Place[]> {
    const found = await connection
      .db!.collection<StoredEvent>('events')
      .find(
        { _id: { $in: places.map(({ eventId }) => eventId) } },
        { ...options, batchSize: places.length + 1 },
      )
      .toArray();
    const events = new Map(found.map((event) => [event._id, event]));
    return places.map((place) => ({ ...place, event: events.get(place.eventId) ?? null }));
  }
}

interface BatchCollection {
  insertOne(batch: Batch, options: { session: ClientSession }): Promise<unknown>;
  find(filter: object, options?: object): AsyncIterable<Batch>;
}

/** The seals a batch holds; one that is not as it was written holds at least one that fits nothing. */
function sealsIn(batch: Batch): { readonly id: string; readonly seal: Seal }[] {
  const hex = hexOf(batch.hashes);
  const ids = Array.isArray(batch.ids) && batch.ids.length > 0 ? batch.ids.map(String) : [''];
  const sound = Object.keys(batch).length === 3 && hex.length === 2 * hashBytes * ids.length;
  return ids.map((id, index) => ({
    id,
    seal: {
      number: typeof batch._id === 'number' ? batch._id + index : NaN,
      hash: sound ? hex.slice(2 * hashBytes * index, 2 * hashBytes * (index + 1)) : '',
    },
  }));
}

/** Bytes as the driver gives them back are wrapped. */
function hexOf(bytes: unknown): string {
  const held = (bytes as { buffer?: unknown } | null | undefined)?.buffer;
  const plain = bytes instanceof Uint8Array ? bytes : held;
  return plain instanceof Uint8Array ? Buffer.from(plain).toString('hex') : '';
}
