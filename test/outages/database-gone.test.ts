// The database goes away under a running product and comes back at the same address.
import { expect } from 'chai';
import { createServer, connect as connectSocket, type Server, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { createDeps, type Deps } from '../../src/deps.ts';
import { developmentConfig } from '../../src/config.ts';
import { startJobRunner } from '../../src/job-runner.ts';
import { start, type EmbeddedDatabase } from '../../src/embedded-db/index.ts';
import { createLog } from '../../src/log.ts';
import { createCipher } from '../../src/persistence/cipher.ts';
import { connect } from '../../src/persistence/connection.ts';
import { statusOfError } from '../../src/web/middleware/handle-errors.ts';
import { openSite, type Visitor } from '../support/browse.ts';
import { anActor } from '../support/builders.ts';
import { aRow, aSession } from '../support/rosters.ts';

const keys = {
  current: 'aabbccdd',
  keys: { aabbccdd: '11'.repeat(32) },
  hashing: { current: 'bbccddee', keys: { bbccddee: '22'.repeat(32) } },
};
const socketOf = (uri: string): string => decodeURIComponent(/^mongodb:\/\/([^/]*)/.exec(uri)?.[1] ?? '');

/** An address that stays while the server behind it stops and starts anew. */
class Door {
  readonly path: string;
  #server: Server | null = null;
  readonly #open = new Set<Socket>();

  constructor(path: string) {
    this.path = path;
  }

  async openTo(target: string): Promise<void> {
    this.#server = createServer((client) => {
      const server = connectSocket(target);
      for (const [one, other] of [
        [client, server],
        [server, client],
      ] as const) {
        this.#open.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.#open.delete(one);
          other.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => this.#server!.listen(this.path, resolve));
  }

  async shut(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}

/** The driver has to learn of each connection by itself that it is broken; until then it answers in several ways. */
async function onceBack<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    expect(statusOfError(error), String(error)).to.equal(503);
    return onceBack(ask);
  }
}

describe('outages: the database gone', function () {
  this.timeout(60_000);
  const dir = mkdtempSync(join(tmpdir(), 'skillroll-gone-'));
  const door = new Door(join(dir, 'door.sock'));
  let database: EmbeddedDatabase;
  let connection: Connection;
  let deps: Deps;
  let site: Awaited<ReturnType<typeof openSite>>;
  let staff: Visitor;
  let sessionPath: string;

  before(async () => {
    database = await start({ dir: join(dir, 'data'), durable: false });
    await door.openTo(socketOf(database.uri));
    connection = await connect(
      `mongodb://${encodeURIComponent(door.path)}/?directConnection=true`,
      'skillroll',
    );
    const config = developmentConfig({
      sessionSecret: 'a secret for the tests only, 32+',
      keyFile: '',
      publicUrl: 'http://skillroll.test',
    });
    deps = await createDeps(config, connection, {
      cipher: createCipher(keys),
      log: createLog('silent'),
      passwordCost: 4,
    });
    site = await openSite(deps);
    const made = await aSession(deps, { startsOn: '2027-05-06', endsOn: '2027-06-10' });
    sessionPath = `/training-sessions/${made.session.id}`;
    staff = site.visitor();
    await staff.signIn((await anActor(deps, 'centreStaff', { organisationId: made.centreId })).userName);
  });
  after(async () => {
    await site.close();
    await connection.close();
    await door.shut();
    await database.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('answers every page and form with 503 in words, then goes on without a restart once it is back', async () => {
    const form = `${sessionPath}/enrolments`;
    const typed = aRow(2).cells as Record<string, string>;
    const page = await staff.get(`${form}/new`);
    const token = /name="_csrf" value="([^"]*)"/.exec(page.text)![1]!;

    await door.shut();
    await database.stop();
    const anybody = site.visitor();
    const answers = await Promise.all([
      staff.get(sessionPath),
      staff.get('/home'),
      staff.post(form, typed, { token }),
      anybody.get(`/c/${'a'.repeat(22)}`),
    ]);
    for (const answer of answers) {
      expect(answer.status).to.equal(503);
      expect(answer.text)
        .to.include('暂时连不上数据')
        .and.not.match(/mongo|    at /i);
    }
    expect((await anybody.get('/session/new')).status).to.equal(200);

    database = await start({ dir: join(dir, 'data'), durable: false });
    await door.openTo(socketOf(database.uri));
    const again = await staff.get(sessionPath);
    expect(again.status).to.equal(200);
    expect(again.text).to.include('电工四级一班');
    const enrolled = await staff.post(form, typed, { from: `${form}/new` });
    expect(enrolled.status).to.equal(303);
    expect((await staff.get(`${sessionPath}/roster`)).text).to.include(typed['name']);
  });

  it('leaves a job that lost the database to whoever looks when its lease is over', async () => {
    const facts = { accountId: 'a1', titleKey: '', titleDetails: {}, payload: {}, total: 2, resultPath: '/' };
    const id = await deps.jobs.queue({ kind: 'counting', ...facts }, new Date());
    let lost = () => {};
    const isLost = new Promise<void>((resolve) => (lost = resolve));
    const runner = startJobRunner(deps, {
      counting: async () => {
        await door.shut();
        try {
          await deps.serials.last('any');
        } finally {
          await door.openTo(socketOf(database.uri));
          await onceBack(() => deps.serials.last('any'));
          lost();
        }
      },
    });
    runner.wake();
    await isLost;
    await runner.stop();
    expect((await deps.jobs.get('a1', id)).state).to.equal('running');
    expect((await deps.jobs.takeNext(new Date(Date.now() + 31_000)))?.id).to.equal(id);
  });

  it('takes it for gone whichever way the driver says so', async () => {
    const many = connection.collection<{ _id: string }>('any');
    await door.shut();
    const errors = await Promise.all([
      many.insertMany([{ _id: 'a' }]).catch((error: unknown) => error),
      many.findOne().catch((error: unknown) => error),
    ]);
    await door.openTo(socketOf(database.uri));
    expect(errors.map((error) => (error as Error).name)).to.include('MongoBulkWriteError');
    expect(errors.map(statusOfError)).to.deep.equal([503, 503]);
    await onceBack(() => many.findOne());
  });
});
