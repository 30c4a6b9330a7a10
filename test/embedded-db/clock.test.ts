import { expect } from 'chai';
import mongoose from 'mongoose';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../../src/embedded-db/engine.ts';
import { runServer } from '../../src/embedded-db/server.ts';
import { gateMemory } from '../../src/embedded-db/storage/write-gate.ts';

const RealDate = Date;
const HOUR = 3_600_000;

/** Puts the clock of this process forward or back. */
function shiftClock(by: number): void {
  const now = (): number => RealDate.now() + by;
  globalThis.Date = class extends RealDate {
    constructor(...given: [] | [string | number | Date]) {
      super(given.length === 0 ? now() : given[0]);
    }
    static override now = now;
    static override [Symbol.hasInstance] = (value: unknown): boolean => value instanceof RealDate;
  } as DateConstructor;
}

describe('embedded-db/clock', () => {
  let dir: string;
  let server: Awaited<ReturnType<typeof runServer>>;
  let client: InstanceType<typeof mongoose.mongo.MongoClient>;
  const begin = async (): Promise<void> => {
    const socketPath = join(dir, 'db.sock');
    server = await runServer({
      dir,
      listen: { socketPath },
      durable: false,
      expire: false,
      gate: gateMemory(),
    });
    client = await new mongoose.mongo.MongoClient(
      `mongodb://${encodeURIComponent(socketPath)}/?directConnection=true`,
    ).connect();
  };
  const end = async (): Promise<void> => {
    await client.close();
    await server.stop();
  };
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'skillroll-clock-'));
    await begin();
  });
  afterEach(async () => {
    globalThis.Date = RealDate;
    await end();
    rmSync(dir, { recursive: true, force: true });
  });

  it('set back an hour: writes, transactions and operation times go on, nothing expires early, a restart finds all', async () => {
    const db = client.db('test');
    const notes = db.collection<{ _id: number; at?: Date }>('notes');
    await notes.createIndex({ at: 1 }, { expireAfterSeconds: 0 });
    await notes.insertOne({ _id: 1, at: new RealDate(RealDate.now() - HOUR / 2) });
    const before = (await db.command({ ping: 1 }))['operationTime'] as {
      greaterThan(other: unknown): boolean;
    };
    shiftClock(-HOUR);
    await notes.insertOne({ _id: 2, at: new RealDate(RealDate.now() + HOUR) });
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await notes.insertOne({ _id: 3 }, { session });
        await notes.deleteOne({ _id: 2 }, { session });
      }),
    );
    const after = (await db.command({ ping: 1 }))['operationTime'] as typeof before;
    expect(after.greaterThan(before)).to.equal(true);
    expect(await client.db('admin').command({ skillrollSweep: 1 })).to.include({ deleted: 0 });
    await end();
    await begin();
    const found = await client
      .db('test')
      .collection<{ _id: number }>('notes')
      .find()
      .sort({ _id: 1 })
      .toArray();
    expect(found.map(({ _id }) => _id)).to.deep.equal([1, 3]);
    globalThis.Date = RealDate;
    expect(await client.db('admin').command({ skillrollSweep: 1 })).to.include({ deleted: 1 });
  });

  it('set back, an abandoned session and cursor still end after their time', async () => {
    const other = mkdtempSync(join(tmpdir(), 'skillroll-clock-'));
    const engine = new Engine({ dir: other, address: 'unused', durable: false });
    const session = engine.sessions.get('abandoned');
    const cursor = {
      id: 0n,
      ns: 'test.notes',
      rows: [].values(),
      transaction: undefined,
      owner: undefined,
      usedAt: performance.now(),
    };
    engine.cursors.open(cursor);
    shiftClock(-HOUR);
    engine.sessions.sweep(performance.now() + 31 * 60_000);
    engine.cursors.sweep(performance.now() + 11 * 60_000);
    expect(() => engine.cursors.find(cursor.id, 'test.notes', undefined)).to.throw('not found');
    expect(engine.sessions.get('abandoned')).to.not.equal(session);
    await engine.close();
    rmSync(other, { recursive: true });
  });
});
