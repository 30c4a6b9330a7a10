import { expect } from 'chai';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connection } from 'mongoose';
import { developmentConfig } from '../../src/config.ts';
import { createDeps, type Deps } from '../../src/deps.ts';
import { createLog } from '../../src/log.ts';
import { createCipher } from '../../src/persistence/cipher.ts';
import { connect } from '../../src/persistence/connection.ts';
import { markAttendance } from '../../src/use-cases/training/mark-attendance.ts';
import { openSite, nextCode, visitorOf } from '../support/browse.ts';
import { anActor } from '../support/builders.ts';
import { openTestDatabase } from '../support/database.ts';
import { aRunningSession, everybody } from '../support/training.ts';

const keys = {
  current: 'aabbccdd',
  keys: { aabbccdd: '11'.repeat(32) },
  hashing: { current: 'bbccddee', keys: { bbccddee: '22'.repeat(32) } },
};

/** A proxy that hands each request to the next of the addresses. */
async function inTurn(urls: readonly string[]): Promise<Server> {
  let turn = 0;
  const proxy = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? '/', urls[(turn += 1) % urls.length]);
    const { method = 'GET', headers } = incoming;
    const onward = request(target, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return proxy;
}

describe('web: two applications behind a proxy, over one database', function () {
  this.timeout(60_000);
  let database: Awaited<ReturnType<typeof openTestDatabase>>;
  let second: Connection;
  let both: readonly [Deps, Deps];
  let sites: Awaited<ReturnType<typeof openSite>>[];
  let proxy: Server;
  let url: string;
  let now = new Date('2021-03-01T12:00:00+08:00');
  const world = () => ({
    deps: both[0],
    now: () => now,
    at: (day: string) => void (now = new Date(`${day}T12:00:00+08:00`)),
    close: () => Promise.resolve(),
  });

  before(async () => {
    database = await openTestDatabase();
    second = await connect(database.uri, database.connection.name);
    const config = developmentConfig({
      sessionSecret: 'a secret for the tests only, 32+',
      keyFile: '',
      publicUrl: 'http://skillroll.test',
    });
    const around = () => ({
      cipher: createCipher(keys),
      log: createLog('silent'),
      now: () => now,
      passwordCost: 4,
    });
    // Both start at once, as after a power cut.
    both = await Promise.all([
      createDeps(config, database.connection, around()),
      createDeps(config, second, around()),
    ]);
    sites = await Promise.all(both.map((deps) => openSite(deps)));
    proxy = await inTurn(sites.map((site) => site.url));
    url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  after(async () => {
    proxy.closeAllConnections();
    proxy.close();
    for (const site of sites) await site.close();
    await second.close();
    await database.drop();
  });

  it('keep one signed in whichever answers, and out of both after signing out', async () => {
    const officer = await anActor(both[0], 'bureauOfficer');
    const visitor = visitorOf(url, (userName) => nextCode(both[0], userName));
    expect((await visitor.signIn(officer.userName)).status).to.equal(303);
    for (let turn = 0; turn < 4; turn += 1)
      expect((await visitor.get('/training-sessions')).status).to.equal(200);
    const out = await visitor.post('/session/end', {}, { from: '/training-sessions' });
    expect(out.status).to.equal(303);
    for (let turn = 0; turn < 2; turn += 1)
      expect((await visitor.get('/training-sessions')).location).to.include('/session/new');
  });

  it('count wrong passwords together', async () => {
    const officer = await anActor(both[0], 'bureauOfficer');
    const visitor = visitorOf(url, (userName) => nextCode(both[0], userName));
    const statuses: number[] = [];
    for (let turn = 0; turn < 6; turn += 1)
      statuses.push((await visitor.signIn(officer.userName, 'a wrong password')).status);
    expect(statuses).to.deep.equal([422, 422, 422, 422, 429, 429]);
    expect((await visitor.signIn(officer.userName)).status).to.equal(429);
  });

  it('count the year alike, at once, whoever recorded', async () => {
    const reader = await anActor(both[0], 'bureauReader');
    const visitors = sites.map((site) => site.visitor());
    for (const visitor of visitors) await visitor.signIn(reader.userName);
    const pages = () => Promise.all(visitors.map(async (one) => (await one.get('/years/2021')).text));
    const before = await pages();
    const running = await aRunningSession(world(), { people: 3 });
    await markAttendance(both[0], {
      actor: running.staff,
      lessonId: running.lessons[0]!.id,
      marks: everybody(running.enrolments),
    });
    for (const visitor of visitors) await visitor.signIn(reader.userName);
    const [one, other] = await pages();
    const figures = (page = '') => page.match(/<td[^>]*>[^<]*<\/td>/g) ?? [];
    expect(figures(one)).to.not.be.empty;
    expect(figures(other)).to.deep.equal(figures(one));
    expect(figures(one)).to.not.deep.equal(figures(before[0]));
  });

  it('never give a number twice, nor a job to both', async () => {
    const takes = Array.from({ length: 60 }, (_, turn) => both[turn % 2]!.serials.take('of both'));
    const numbers = (await Promise.all(takes)).sort((a, b) => a - b);
    expect(numbers).to.deep.equal(Array.from({ length: 60 }, (_, index) => index + 1));
    for (let turn = 0; turn < 10; turn += 1) {
      const id = await both[0].jobs.queue(
        {
          kind: 'none',
          accountId: 'a',
          titleKey: '',
          titleDetails: {},
          payload: {},
          total: 1,
          resultPath: '',
        },
        now,
      );
      const taken = await Promise.all(both.map((deps) => deps.jobs.takeNext(now)));
      const [job, ...more] = taken.filter((one) => one !== null);
      expect(job?.id).to.equal(id);
      expect(more).to.deep.equal([]);
      await both[1].jobs.finish(job!, 'done', now);
    }
  });
});
