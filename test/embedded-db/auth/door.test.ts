import { expect } from 'chai';
import mongoose from 'mongoose';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DoorNotOpened, start, type EmbeddedDatabase } from '../../../src/embedded-db/index.ts';
import { failure } from '../support/open.ts';
import { message, opMsg, wireClient, type WireClient } from '../support/wire-client.ts';
import { serialize } from 'bson';

const { MongoClient } = mongoose.mongo;
const credentials = { user: 'guest, of=a run', password: 'a password of the tests' };

/** The address with another user or password. */
const withProof = (uri: string, user: string, password: string): string =>
  uri.replace(/\/\/.*@/, `//${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
const withoutProof = (uri: string): string => uri.replace(/\/\/.*@/, '//').replace('authSource=admin&', '');
const portOf = (uri: string): number => Number(/:(\d+)\/\?/.exec(uri)?.[1]);

describe('embedded-db/auth: a door for other clients', () => {
  let root: string;
  let server: EmbeddedDatabase;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'skillroll-door-'));
    server = await start({
      dir: join(root, 'data'),
      durable: false,
      door: { listen: { port: 0 }, credentials },
    });
  });
  after(async () => {
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  });

  const attempt = async (uri: string): Promise<Error & Record<string, unknown>> => {
    const client = new MongoClient(uri, { serverSelectionTimeoutMS: 3000 });
    try {
      return await failure(client.db('test').collection('things').insertOne({ a: 1 }));
    } finally {
      await client.close();
    }
  };
  const stranger = async (use: (client: WireClient) => Promise<void>): Promise<void> => {
    const client = wireClient(portOf(server.uri));
    try {
      await use(client);
    } finally {
      client.close();
    }
  };

  it('lets in who knows user and password, on loopback only', async () => {
    expect(server.uri).to.match(/^mongodb:\/\/guest%2C%20of%3Da%20run:[^@/]+@127\.0\.0\.1:\d+\/\?/);
    const client = await new MongoClient(server.uri).connect();
    const things = client.db('test').collection('things');
    await things.insertOne({ a: 'let in' });
    expect(await things.countDocuments({ a: 'let in' })).to.equal(1);
    const { hosts, me } = await client.db('admin').command({ hello: 1 });
    expect(hosts).to.deep.equal([me]);
    expect(me).to.equal(`127.0.0.1:${portOf(server.uri)}`);
    await client.withSession((session) =>
      session.withTransaction(async () => void (await things.insertOne({ a: 'in one go' }, { session }))),
    );
    expect(await things.countDocuments({})).to.equal(2);
    await client.close();
  });

  it('is found as a replica set too', async () => {
    const client = new MongoClient(server.uri.replace('directConnection=true', 'replicaSet=skillroll'));
    expect(await client.db('admin').command({ ping: 1 })).to.include({ ok: 1 });
    await client.close();
  });

  it('answers a wrong password, name, database or mechanism with one sentence and its code', async () => {
    const cases: [string, number][] = [
      [withProof(server.uri, credentials.user, 'another password'), 18],
      [withProof(server.uri, 'somebody', credentials.password), 18],
      [server.uri.replace('authSource=admin', 'authSource=test'), 18],
      [`${server.uri}&authMechanism=SCRAM-SHA-1`, 334],
      [`${server.uri}&authMechanism=PLAIN`, 334],
    ];
    for (const [uri, code] of cases) {
      const error = await attempt(uri);
      expect(error['code'], uri).to.equal(code);
      expect(error.message)
        .to.match(code === 18 ? /^Authentication failed\.$/ : /mechanism .* not enabled$/)
        .and.not.include(credentials.password);
    }
  });

  it('refuses every command but the greeting until the password is proved', async () => {
    const error = await attempt(withoutProof(server.uri));
    expect(error).to.include({ code: 13, codeName: 'Unauthorized' });
    expect(error.message).to.equal('Command insert requires authentication');
    await stranger(async ({ command }) => {
      for (const name of ['hello', 'isMaster', 'ismaster', 'ping', 'buildInfo', 'buildinfo'])
        expect(await command({ [name]: 1, $db: 'admin' }), name).to.include({ ok: 1 });
      const lsid = { id: new mongoose.mongo.UUID() };
      for (const body of [
        { find: 'things' },
        { listDatabases: 1 },
        { endSessions: [lsid] },
        { killAllSessions: [] },
        { connectionStatus: 1 },
        { skillrollCheck: 1 },
        { noSuchThing: 1 },
        { insert: 'things', documents: [{ a: 1 }], lsid, txnNumber: 1n, startTransaction: true },
        { commitTransaction: 1, lsid, txnNumber: 1n, autocommit: false },
      ])
        expect(await command({ ...body, $db: 'admin' }), JSON.stringify(Object.keys(body))).to.include({
          ok: 0,
          code: 13,
        });
    });
  });

  it('tells a stranger nothing of who is known', async () => {
    await stranger(async ({ command }) => {
      for (const user of [credentials.user, 'somebody'])
        expect(
          (await command({ hello: 1, saslSupportedMechs: `admin.${user}`, $db: 'admin' }))[
            'saslSupportedMechs'
          ],
        ).to.deep.equal(['SCRAM-SHA-256']);
      expect(await command({ hello: 1, $db: 'admin' })).to.not.have.property('saslSupportedMechs');
      const first = await Promise.all(
        [credentials.user, 'somebody'].map((user) =>
          command({
            saslStart: 1,
            mechanism: 'SCRAM-SHA-256',
            options: { skipEmptyExchange: true },
            payload: Buffer.from(`n,,n=${user.replace('=', '=3D').replace(',', '=2C')},r=abcdefgh`),
            $db: 'admin',
          }),
        ),
      );
      const texts = first.map(({ payload }) => Buffer.from((payload as { buffer: Uint8Array }).buffer));
      expect(texts.map((text) => String(text).replace(/^r=abcdefgh[^,]{32},/, ''))).to.satisfy(
        ([one, other]: string[]) => one === other,
      );
      expect(String(texts[0])).to.match(/^r=abcdefgh[^,]{32},s=[^,]+,i=15000$/);
    });
  });

  it('ends an exchange at whatever is not right, and closes the connection on a long message of a stranger', async () => {
    await stranger(async (client) => {
      const start = (payload: string, more: Record<string, unknown> = {}) =>
        client.command({
          saslStart: 1,
          mechanism: 'SCRAM-SHA-256',
          payload: Buffer.from(payload),
          options: { skipEmptyExchange: true },
          $db: 'admin',
          ...more,
        });
      const goOn = (payload: string) =>
        client.command({ saslContinue: 1, conversationId: 1, payload: Buffer.from(payload), $db: 'admin' });
      expect(await goOn('c=biws,r=x,p=AAAA')).to.include({ code: 17 });
      const refused = await start('n,,n=a,r=b', { options: {} });
      expect(refused).to.include({ code: 115 });
      expect(refused['errmsg']).to.include('skipEmptyExchange').and.include('MONGODB_URI');
      for (const payload of ['', 'nonsense', 'p=tls-unique,,n=a,r=b', 'n,a=other,n=a,r=b', 'n,,m=x,n=a,r=b'])
        expect(await start(payload), payload).to.include({ code: 18 });
      const zeros = Buffer.alloc(32).toString('base64');
      for (const final of ['', `c=biws,r=b,p=${zeros}`, 'c=biws,r=b,p=AAAA', 'c=biws,r=b']) {
        expect(await start('n,,n=a,r=b')).to.include({ ok: 1, done: false });
        expect(await goOn(final), final).to.include({ code: 18 });
        expect(await goOn(final), final).to.include({ code: 17 });
      }
      expect(await client.command({ ping: 1, $db: 'admin' })).to.include({ ok: 1 });
      const long = opMsg(serialize({ ping: 1, $db: 'admin', filler: 'x'.repeat(70_000) }));
      expect(await client.raw(long)).to.equal(undefined);
    });
    await stranger(async (client) => {
      expect(await client.raw(message(2013, Buffer.alloc(1)))).to.equal(undefined);
    });
  });

  it('refuses a port that is taken, and a place that is none, before it opens the data', async () => {
    const dir = join(root, 'other');
    const taken = join(root, 'taken');
    writeFileSync(taken, 'a file');
    const refused = async (listen: { port: number } | { socketPath: string }): Promise<string> => {
      const error = await failure(start({ dir, door: { listen, credentials } }));
      expect(error).to.be.instanceOf(DoorNotOpened);
      return error.message;
    };
    expect(await refused({ port: portOf(server.uri) })).to.match(/^Port \d+ of 127\.0\.0\.1 is in use/);
    expect(await refused({ socketPath: taken })).to.equal(`${taken} is there already: choose another path.`);
    expect(await refused({ socketPath: join(root, 'none', 'db.sock') })).to.include('does not exist');
    expect(await refused({ socketPath: join(root, 'x'.repeat(107)) })).to.include('at most 107 bytes');
    expect(existsSync(join(dir, 'data.mdb'))).to.equal(false);
    expect(existsSync(join(dir, 'lock'))).to.equal(false);
  });

  it('listens on a named socket that only this account can open, and takes it away at its end', async () => {
    const socketPath = join(root, 'Named.sock');
    const named = await start({
      dir: join(root, 'named'),
      durable: false,
      door: { listen: { socketPath }, credentials },
    });
    expect(statSync(socketPath).mode & 0o777).to.equal(0o600);
    const client = await new MongoClient(named.uri).connect();
    await client.db('test').collection('things').insertOne({ a: 1 });
    await client.close();
    expect(await attempt(withoutProof(named.uri))).to.include({ code: 13 });
    await named.stop();
    expect(existsSync(socketPath)).to.equal(false);
  });

  it('reaches no other address of the machine', async () => {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ host: '127.0.0.2', port: portOf(server.uri) });
      socket.on('connect', () => (socket.destroy(), resolve(true)));
      socket.on('error', () => resolve(false));
    });
    expect(reached).to.equal(false);
  });
});
