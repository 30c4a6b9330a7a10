// Reads the whole trail in order of its numbers, a batch of seals at a time, and says where it is not what was sealed.
import type { Connection } from 'mongoose';
import { genesis, type Seal } from '../../domain/trail/chain.ts';
import { createChainJudge, type Fault } from '../../domain/trail/judge-chain.ts';
import { link } from './link.ts';
import { addVersions, differencesOf, versionsInRecords, type Versions } from './record-versions.ts';
import { createSeals, type Seals } from './seals.ts';

export interface TrailReport {
  /** Events read, up to the fault. */
  readonly read: number;
  /** The last seal that holds. */
  readonly last: Seal;
  readonly fault: Fault | null;
  /** Events sealed although the sealer's own note of the chain's end is gone. */
  readonly headGone: boolean;
  /** Events that wait longer for their seal than they should. */
  readonly late: { readonly count: number; readonly firstId: string } | null;
  /** Events that are neither sealed nor wait for it: nothing of the product writes such. Not looked for beside a fault. */
  readonly astray: { readonly count: number; readonly firstId: string } | null;
  /** Record versions without an event (above 0), or told of and gone (below), by collection; empty beside a fault. */
  readonly unaccounted: readonly (readonly [collection: string, versions: number])[];
}

interface EventDocument {
  readonly _id: string;
}

const lateAfter = 10_000;
const waiting = { unsealedSince: { $gt: new Date(0) } };

/** Judges the chain of a database; `witnessed` are seals known from checkpoints. Writes nothing. */
export async function verifyTrail(
  connection: Connection,
  { witnessed, now }: { witnessed: readonly Seal[]; now: Date },
): Promise<TrailReport> {
  const events = connection.db!.collection<EventDocument>('events');
  const seals = createSeals(connection);
  const before = await readHead(connection);
  const judge = createChainJudge(link, [...witnessed, ...(before === null ? [] : [before])]);
  const versions: Versions = new Map();
  let read = 0;
  for await (const place of seals.places(0)) {
    if (place.event !== null) read += 1;
    if (!judge.take(place)) break;
    if (place.event !== null) addVersions(versions, place.event);
  }
  const after = await readHead(connection);
  const fault = judge.end((after ?? genesis).number);
  const late = { unsealedSince: { $gt: new Date(0), $lt: new Date(now.getTime() - lateAfter) } };
  const lateCount = await events.countDocuments(late as never);
  return {
    read,
    last: judge.last(),
    fault,
    headGone: after === null && read > 0,
    late: lateCount === 0 ? null : { count: lateCount, firstId: await firstOf(connection, late) },
    astray: fault === null ? await findAstray(connection, seals) : null,
    unaccounted:
      fault === null ? await findUnaccounted(connection, seals, versions, judge.last().number) : [],
  };
}

async function readHead(connection: Connection): Promise<Seal | null> {
  const heads = connection.db!.collection<Seal & { _id: string }>('trailHeads');
  const found = await heads.findOne({ _id: 'events' });
  return found === null ? null : { number: found.number, hash: found.hash };
}

/** Versions in records against those in events up to a number and, of the same moment as the records, in those after it. */
async function findUnaccounted(
  connection: Connection,
  seals: Seals,
  upTo: Versions,
  number: number,
): Promise<TrailReport['unaccounted']> {
  const events = connection.db!.collection<EventDocument>('events');
  return connection.getClient().withSession((session) =>
    session.withTransaction(async () => {
      const versions = new Map(upTo);
      for await (const { event } of seals.places(number, session)) addVersions(versions, event ?? {});
      for await (const event of events.find(waiting as never, { session }))
        addVersions(versions, event as never);
      return differencesOf(await versionsInRecords(connection, session), versions);
    }),
  );
}

/** Counts of one moment tell whether there are any; only then all events are looked through. */
async function findAstray(connection: Connection, seals: Seals): Promise<TrailReport['astray']> {
  const events = connection.db!.collection<EventDocument>('events');
  const count = await connection.getClient().withSession((session) =>
    session.withTransaction(async () => {
      const all = await events.countDocuments({}, { session });
      const unsealed = await events.countDocuments(waiting as never, { session });
      return all - (await seals.end(session)) - unsealed;
    }),
  );
  return count <= 0 ? null : { count, firstId: await firstAstray(connection, seals) };
}

async function firstAstray(connection: Connection, seals: Seals): Promise<string> {
  const events = connection.db!.collection<EventDocument & { unsealedSince?: unknown }>('events');
  const all = events.find({}, { sort: { _id: 1 }, projection: { sealBatch: 1, unsealedSince: 1 } });
  let some: { id: string; sealBatch?: unknown }[] = [];
  const look = async (): Promise<string | undefined> => {
    const known = await seals.of(some);
    const stranger = some.find(({ id }) => !known.has(id));
    some = [];
    return stranger?.id;
  };
  for await (const { _id, unsealedSince, ...event } of all) {
    if (!(unsealedSince instanceof Date && unsealedSince > new Date(0)))
      some.push({ ...event, id: String(_id) });
    if (some.length < 1_000) continue;
    const found = await look();
    if (found !== undefined) return found;
  }
  return (await look()) ?? '';
}

async function firstOf(connection: Connection, filter: object): Promise<string> {
  const found = await connection.db!.collection<EventDocument>('events').findOne(filter as never);
  return found === null ? '' : String(found._id);
}
