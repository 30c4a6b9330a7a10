import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { developmentConfig } from '../../../src/config.ts';
import { createDeps, type Deps } from '../../../src/deps.ts';
import { startJobRunner } from '../../../src/job-runner.ts';
import { jobWorks } from '../../../src/job-works.ts';
import { createLog } from '../../../src/log.ts';
import { createCipher } from '../../../src/persistence/cipher.ts';
import { demoPassword } from '../../../src/persistence/seeds/demo/bodies.ts';
import { makeDemo } from '../../../src/persistence/seeds/demo/make-demo.ts';
import { auditedCollections } from '../../../src/persistence/trail/record-versions.ts';
import { exportPurposes } from '../../../src/domain/people/export-purpose.ts';
import { personaNames, preparePersonas } from '../../../src/persistence/seeds/demo/personas.ts';
import { sweepDuplicates } from '../../../src/use-cases/people/sweep-duplicates.ts';
import { applyRetention } from '../../../src/use-cases/retention/apply-retention.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { openTestDatabase } from '../../support/database.ts';
import { openNotingConnection, type Shape } from './collect-shapes.ts';
import { crawl, pagePatterns, visit, type Visited } from './crawl.ts';
import { planOf } from './plan-of.ts';

const keys = {
  current: 'aabbccdd',
  keys: { aabbccdd: '11'.repeat(32) },
  hashing: { current: 'bbccddee', keys: { bbccddee: '22'.repeat(32) } },
};
/** Reviewed: what is read from end to end, and why that does not grow with the years or happens once. */
const reviewed: readonly { readonly why: string; readonly shapes: readonly string[] }[] = [
  {
    why: 'Reference data: a fixed list, read when the process starts.',
    shapes: ['areas', 'occupations', 'settings'].map((name) => `find ${name} filter {} sort {"_id":1}`),
  },
  {
    why: 'The facts of all years, read once by the process that counts them; afterwards only what changed.',
    shapes: [
      'trainingSessions',
      'certificates',
      'apprenticeshipProgrammes',
      'apprentices',
      'recognitions',
    ].map((name) => `find ${name} filter {}`),
  },
  {
    why: 'Events and records from before there was a sealer, gone through once by the first one.',
    shapes: [
      'update events filter {"sealBatch":{"$exists":false},"unsealedSince":{"$exists":false}}',
      'find events filter {"wrote":{"$exists":true}}',
      ...auditedCollections.map((name) => `aggregate ${name} pipeline ["$group"]`),
    ],
  },
  {
    why: 'The choice of organisation for a new account: some hundreds, by name.',
    shapes: ['find organisations filter {"$and":[{}]} sort {"nameSortKey":1}'],
  },
];
const excused = new Set(reviewed.flatMap((one) => one.shapes));

describe('persistence/query-shapes', function () {
  this.timeout(600_000);
  let shapes: ReadonlyMap<string, Shape>;
  let database: Awaited<ReturnType<typeof openTestDatabase>>;
  let close: () => Promise<void>;
  const visited: Visited = { patterns: new Set(), failures: [], files: new Set() };
  const tokens: string[] = [];

  before(async () => {
    database = await openTestDatabase();
    const noting = await openNotingConnection(database.uri, database.connection.name);
    shapes = noting.shapes;
    const config = developmentConfig({
      sessionSecret: 'a secret for the tests only, 32+',
      keyFile: '',
      publicUrl: 'http://skillroll.test',
      // The demo's accounts were made in the demo's years.
      unusedDays: 36_500,
    });
    const deps = await createDeps(config, noting.connection, {
      cipher: createCipher(keys),
      log: createLog(process.env.TEST_LOG ?? 'silent'),
      demo: true,
      passwordCost: 4,
      newToken: () => {
        tokens.push(randomBytes(16).toString('base64url'));
        return tokens.at(-1)!;
      },
    });
    const today = new Date().toISOString().slice(0, 10);
    await makeDemo(deps, { seed: 1, scale: 0.008, today, onProgress: () => {} });
    await useEverything(deps);
    close = async () => {
      await noting.connection.close();
      await database.drop();
    };
  });
  after(() => close());

  async function useEverything(deps: Deps): Promise<void> {
    const site = await openSite(deps);
    const jobs = startJobRunner(deps, jobWorks);
    const visitors = new Map<string, Visitor>();
    for (const persona of personaNames) {
      const visitor = site.visitor();
      visitors.set(persona, visitor);
      await visitor.signIn(persona, demoPassword);
      if (persona === 'officer') await mergeTwo(visitor);
      if (/approver|2/.test(persona)) continue;
      await crawl(visitor, ['/home', '/years', '/imports', '/health'], visited);
      for (const text of ['王', '王小明', '19900000001', '320599199001010018', 'L2021000001'])
        await visitor.post('/searches', { text }, { from: '/people' });
    }
    await approveBatches(visitors.get('evaluator-approver')!, visitors.get('evaluator')!);
    await lookForTheRest([...visitors.values()]);
    await signInByHalves(deps, site.visitor, visitors.get('admin')!);
    const rows = await preparePersonas(deps);
    const [, slip = '', claimCode = ''] = rows.at(-1)!;
    const [number = '', name = ''] = slip.split(' ');
    const anybody = site.visitor();
    await anybody.post('/checks', { number, name }, { from: '/checks/new' });
    await anybody.post('/certificate-finds', { number, name, claimCode }, { from: '/certificate-finds/new' });
    await askAndTake(anybody, visitors.get('officer')!);
    const start = ['/', '/my/certificates', '/checks/new', '/certificate-finds/new', '/session/new'];
    await crawl(anybody, [...start, ...tokens.slice(-2).map((token) => `/c/${token}`)], visited);
    const who = { accountId: 'system', name: 'system' };
    await sweepDuplicates(deps, { who, all: true });
    await applyRetention(deps, { who, dryRun: true });
    await jobs.stop();
    await site.close();
  }

  /** Two people are paired by hand, looked at, merged and parted. */
  async function mergeTwo(officer: Visitor): Promise<void> {
    const people = database.connection.collection<{ _id: string; learnerNumber: string }>('people');
    const pairs = database.connection.collection<{ _id: string; personIds: string[] }>('duplicates');
    const [one, other] = await people.find({}).sort({ _id: 1 }).limit(2).toArray();
    const typed = { one: one!.learnerNumber, other: other!.learnerNumber };
    const { location } = await officer.post('/duplicates', typed, { from: '/duplicates' });
    await crawl(officer, ['/duplicates', location!], visited);
    expect(location, JSON.stringify(typed)).to.match(/^\/duplicates\//);
    const { personIds } = (await pairs.findOne({ _id: location!.split('/').at(-1)! }))!;
    const versions = await Promise.all(
      personIds.map(async (_id) =>
        String(((await people.findOne({ _id })) as unknown as { version: number }).version),
      ),
    );
    const fields = {
      keptId: personIds[0]!,
      versionOne: versions[0]!,
      versionTwo: versions[1]!,
      reason: '核对为同一人',
    };
    const files = [{ field: 'file', name: 'a.pdf', bytes: Buffer.from('%PDF-1.7 proof') }];
    const merged = await officer.post(`${location!}/merge`, fields, { from: location!, files });
    expect(merged.location, merged.text).to.match(/^\/person-merges\//);
    await crawl(officer, [merged.location!, `/people/${personIds[1]!}`], visited);
    await officer.post(
      `${merged.location!}/reversal`,
      { reason: '核实为两个人' },
      { from: merged.location! },
    );
  }

  /** Steps of a sign-in, a form kept when one ran out, a link to set a password: pages that no link leads to. */
  async function signInByHalves(deps: Deps, anybody: () => Visitor, admin: Visitor): Promise<void> {
    const typed = (userName: string) => ({ userName, password: demoPassword });
    const accountOf = async (userName: string) =>
      (await deps.unscoped.accountByUserName.byUserName(userName))!.id;
    const officer = anybody();
    await officer.post('/session', typed('officer'), { from: '/session/new' });
    await crawl(officer, ['/session/code'], visited);
    const reader = await accountOf('reader');
    await deps.transaction(() => deps.credentials.dropSecret(reader));
    const first = anybody();
    await first.post('/session', typed('reader'), { from: '/session/new' });
    await crawl(first, ['/session/code-set-up'], visited);
    const link = await admin.post(`/users/${reader}/link`, {}, { from: `/users/${reader}` });
    await crawl(admin, [/\/account-links\/[\w-]+/.exec(link.text)![0]], visited);
    const enterprise = anybody();
    await enterprise.signIn('enterprise', demoPassword);
    const longAgo = new Date(deps.now().getTime() - 3_600_000);
    await database.connection
      .collection('signInSessions')
      .updateMany({ accountId: await accountOf('enterprise') }, { $set: { lastSeenAt: longAgo } });
    await enterprise.post('/apprenticeships', { schoolName: '苏州技工学校' }, { token: 'old' });
    await enterprise.signIn('enterprise', demoPassword);
    await crawl(enterprise, ['/session/held'], visited);
  }

  /** A holder asks for a correction with a proof, and an officer takes what is held about somebody. */
  async function askAndTake(holder: Visitor, officer: Visitor): Promise<void> {
    const files = [{ field: 'file', name: 'a.pdf', bytes: Buffer.from('%PDF-1.7 proof') }];
    const wanted = { fact: 'education', wanted: '大学本科' };
    await holder.post('/my/requests', wanted, { from: '/my/requests', files });
    const person = await database.connection.collection('people').findOne({ mergedInto: null });
    const page = `/people/${String(person!._id)}/record`;
    const purpose = { purpose: exportPurposes[0]!.code, note: '' };
    await officer.post(page, purpose, { from: `${page}/new` });
    await crawl(officer, ['/subject-requests', '/exports'], visited);
  }

  /** What waits for approval is issued, which queues its files, and claim slips are printed for it. */
  async function approveBatches(approver: Visitor, staff: Visitor): Promise<void> {
    const batches = database.connection.collection<{ _id: string }>('certificateBatches');
    for (const { _id } of await batches.find({ status: 'proposed' }).toArray()) {
      const from = `/certificate-batches/${_id}`;
      await approver.post(`${from}/approval`, {}, { from });
      await staff.post(`${from}/claim-slips`, {}, { from });
    }
  }

  /** Pages no link led to, tried with one record of each status by everybody. */
  async function lookForTheRest(visitors: readonly Visitor[]): Promise<void> {
    for (const pattern of pagePatterns) {
      const collection = /^\/([a-z-]+)\/:id/
        .exec(pattern)?.[1]
        ?.replace(/-(.)/g, (_, c: string) => c.toUpperCase())
        .replace(/^apprenticeships$/, 'apprenticeshipProgrammes');
      if (visited.patterns.has(pattern) || collection === undefined) continue;
      const records = await oneOfEach(database.connection.collection(collection));
      for (const record of records)
        for (const visitor of visitors)
          if (!visited.patterns.has(pattern)) await visit(visitor, pattern.replace(':id', record), visited);
    }
  }

  /** Ids of records, one of each status. */
  async function oneOfEach(collection: ReturnType<Connection['collection']>): Promise<string[]> {
    const ids: string[] = [];
    for (const field of ['status', 'state'])
      for (const value of (await collection.distinct(field)) as unknown[]) {
        const found = await collection.findOne({ [field]: value });
        if (found !== null) ids.push(String(found._id));
      }
    return ids;
  }

  it('has seen every page it can be asked through', () => {
    expect(visited.failures).to.deep.equal([]);
    expect(pagePatterns.filter((pattern) => !visited.patterns.has(pattern))).to.deep.equal([]);
  });

  it('reads no collection that grows from end to end', async () => {
    const lines: string[] = [];
    for (const shape of [...shapes.values()].sort((a, b) => (a.text < b.text ? -1 : 1))) {
      const { reading, by } = await planOf(database.connection, shape);
      lines.push(`${reading}\t${by}\t${shape.text}`);
    }
    if (process.env.QUERY_SHAPES) writeFileSync(process.env.QUERY_SHAPES, lines.join('\n') + '\n');
    const everything = lines.filter((line) => line.startsWith('everything'));
    expect(everything.filter((line) => !excused.has(line.split('\t')[2]!))).to.deep.equal([]);
    expect([...excused].filter((text) => !shapes.has(text))).to.deep.equal([]);
  });
});
