import { serialize } from 'bson';
import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DirectoryInUse, start } from '../../src/embedded-db/index.ts';
import { addressOf, loaderOptions } from '../support/program.ts';
import { failure, open, type Opened } from './support/open.ts';
import { int32, message, opMsg, wireClient } from './support/wire-client.ts';

const socketOf = (uri: string): string =>
  decodeURIComponent(uri.slice('mongodb://'.length, uri.indexOf('/?')));

describe('embedded-db/server', () => {
  let opened: Opened;
  before(async () => {
    opened = await open();
  });
  after(() => opened.close());

  it('presents itself as the primary of a one-node replica set of MongoDB 7.0', async () => {
    const hello = await opened.client.db('admin').command({ hello: 1 });
    expect(hello).to.include({
      isWritablePrimary: true,
      maxWireVersion: 21,
      logicalSessionTimeoutMinutes: 30,
      ok: 1,
    });
    expect(hello['setName']).to.be.a('string');
    expect(hello['hosts']).to.deep.equal([hello['me']]);
    expect(hello).to.not.have.property('topologyVersion');
    expect(hello['operationTime']).to.have.property('_bsontype', 'Timestamp');
    expect((await opened.client.db('admin').command({ buildInfo: 1 }))['version']).to.match(/^7\.0\./);
  });

  it('answers the legacy handshake and refuses other legacy queries', async () => {
    const client = wireClient(opened.server.uri);
    const query = (command: object): Buffer =>
      message(
        2004,
        Buffer.concat([int32(0), Buffer.from('admin.$cmd\0'), int32(0), int32(-1), serialize(command)]),
      );
    const reply = await client.raw(query({ isMaster: 1, helloOk: true }));
    expect(reply?.readInt32LE(12)).to.equal(1);
    expect(reply?.includes('ismaster')).to.equal(true);
    expect((await client.raw(query({ find: 'x' })))?.includes('Unsupported OP_QUERY')).to.equal(true);
    client.close();
  });

  it('listens on a socket that only this user can reach', () => {
    const path = socketOf(opened.server.uri);
    expect(Buffer.byteLength(path)).to.be.below(108);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    expect(statSync(dirname(path)).mode & 0o777).to.equal(0o700);
  });

  it('closes the connection on what is no message and goes on serving others', async () => {
    const broken = [
      Buffer.concat([int32(5), Buffer.alloc(12)]),
      Buffer.concat([int32(100_000_000), Buffer.alloc(12)]),
      message(2013, Buffer.of(0)),
      message(2013, Buffer.concat([int32(1 << 5), Buffer.of(0), serialize({ ping: 1, $db: 'a' })])),
      message(1234, Buffer.alloc(4)),
    ];
    for (const bytes of broken) {
      const client = wireClient(opened.server.uri);
      expect(await client.raw(bytes)).to.equal(undefined);
      client.close();
    }
    expect(await opened.db.command({ ping: 1 })).to.include({ ok: 1 });
  });

  it('reads documents from a separate section, and answers nothing to an unacknowledged write', async () => {
    const client = wireClient(opened.server.uri);
    const documents = Buffer.concat([serialize({ _id: 1 }), serialize({ _id: 2 })]);
    const section = Buffer.concat([
      Buffer.of(1),
      int32(4 + 10 + documents.length),
      Buffer.from('documents\0'),
      documents,
    ]);
    const insert = serialize({ insert: 'sections', $db: 'test' });
    const quiet = client.raw(opMsg(insert, 2, section));
    const reply = client.command({ find: 'sections', $db: 'test' });
    expect((await quiet)?.includes('firstBatch')).to.equal(true);
    client.close();
    void reply.catch(() => undefined);
    expect(await opened.db.collection('sections').countDocuments()).to.equal(2);
  });

  it('names an unknown command and the way out', async () => {
    const error = await failure(opened.db.command({ mapReduce: 'x' }));
    expect(error).to.include({ code: 59, codeName: 'CommandNotFound' });
    expect(error.message).to.include('mapReduce').and.include('MONGODB_URI');
  });

  it('refuses a second server on the same directory, in this process and in another', async () => {
    const error = await failure(start({ dir: opened.dir }));
    expect(error).to.be.instanceOf(DirectoryInUse);
    expect(error.message).to.include(String(process.pid)).and.include(opened.dir);
    const index = addressOf('src/embedded-db/index.ts');
    const script = `import(${JSON.stringify(index)}).then((db) => db.start({ dir: ${JSON.stringify(opened.dir)} })).then(() => process.exit(0), (e) => { console.log(e.name, e.message); process.exit(7); });`;
    const other = spawnSync(process.execPath, [...loaderOptions, '-e', script], { encoding: 'utf8' });
    expect(other.status).to.equal(7);
    expect(other.stdout).to.include('DirectoryInUse').and.include(`process ${process.pid}`);
    expect(other.stdout.trim().split('\n')).to.have.length(1);
  });

  it('takes over the lock of a process that is gone, and of a process number given out again', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'skillroll-test-'));
    const gone = spawnSync(process.execPath, ['-e', '0']).pid;
    for (const stale of [
      { pid: gone, startedAt: '1' },
      { pid: process.pid, startedAt: 'another time' },
    ]) {
      writeFileSync(join(dir, 'lock'), JSON.stringify(stale));
      const server = await start({ dir });
      expect(JSON.parse(readFileSync(join(dir, 'lock'), 'utf8'))).to.include({ pid: process.pid });
      await server.stop();
    }
    rmSync(dir, { recursive: true });
  });

  it('keeps documents, indexes and their uniqueness over a restart, durable or not', async () => {
    for (const durable of [true, false]) {
      const first = await open({ durable });
      await first.db.collection('kept').createIndex({ name: 1 }, { unique: true });
      await first.db.collection('kept').insertMany([{ name: 'a' }, { name: 'b', tags: [1, 2] }]);
      await first.client.close();
      await first.server.stop();
      const server = await start({ dir: first.dir, durable });
      const client = await new (first.client.constructor as new (uri: string) => Opened['client'])(
        server.uri,
      ).connect();
      const kept = client.db('test').collection('kept');
      expect(
        await kept
          .find()
          .sort({ name: 1 })
          .map((doc) => doc['name'])
          .toArray(),
      ).to.deep.equal(['a', 'b']);
      expect(await failure(kept.insertOne({ name: 'a' }))).to.include({ code: 11000 });
      await client.close();
      await server.stop();
      rmSync(first.dir, { recursive: true });
    }
  });

  it('stops more than once without harm', async () => {
    const other = await open();
    await other.client.close();
    await Promise.all([other.server.stop(), other.server.stop()]);
    rmSync(other.dir, { recursive: true });
  });

  it('stops also where a client does not read its replies', async () => {
    const other = await open();
    await other.db
      .collection('long')
      .insertMany(Array.from({ length: 20 }, () => ({ text: 'x'.repeat(400_000) })));
    const socket = connect(socketOf(other.server.uri)).pause();
    const find = opMsg(serialize({ find: 'long', singleBatch: true, $db: 'test' }));
    for (let n = 0; n < 5; n += 1) socket.write(find);
    // Answered behind those.
    await other.db.collection('long').findOne();
    await other.close();
    socket.destroy();
  });
});
