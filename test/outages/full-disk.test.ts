import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src/persistence/connection.ts';
import { openDatabase } from '../../src/reach-database.ts';
import { visitorOf, type Answer } from '../support/browse.ts';
import { programOf } from '../support/program.ts';
import { aRow } from '../support/rosters.ts';

/** How large a file may grow, in kilobytes: some more than an empty product needs. */
const limit = 8_000;

interface Said {
  readonly url: string;
  readonly sessionId: string;
  readonly userName: string;
}

describe('outages: the disk full', function () {
  this.timeout(90_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-full-'));
  const dir = join(root, 'data');
  let child: ChildProcess | null = null;
  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  after(() => {
    child?.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });

  it('says so in words, keeps what was typed, writes nothing by halves, and goes on showing pages', async () => {
    const command = `ulimit -f ${limit} && exec "$0" "$@"`;
    child = spawn(
      'bash',
      ['-c', command, process.execPath, ...programOf('test/outages/full-disk-server.ts'), dir],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const { url, sessionId, userName } = await firstLine(child);
    const staff = visitorOf(url);
    const form = `/training-sessions/${sessionId}/enrolments`;

    expect((await staff.signIn(userName)).status, 'a sign-in still fits').to.equal(303);
    let taken = 0;
    let refused: Answer | null = null;
    let typed: Record<string, string> = {};
    while (refused === null) {
      typed = aRow(2).cells as Record<string, string>;
      const answer = await staff.post(form, typed, { from: `${form}/new` });
      if (answer.status === 303) taken += 1;
      else refused = answer;
      expect(taken).to.be.below(150);
    }
    expect(refused.status).to.equal(507);
    expect(refused.text).to.include('磁盘已满').and.include(`value="${typed['documentNumber']}"`);
    expect(refused.text).to.not.match(/mongo|InternalError/i);

    const roster = await staff.get(`/training-sessions/${sessionId}/roster`);
    expect(roster.status).to.equal(200);
    expect((await staff.get('/home')).status).to.equal(200);

    const ended = new Promise((resolve) => child!.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
    child = null;
    await expectWhole(dir, sessionId, taken);
  });
});

/** With room again everything acknowledged is there, nothing else, and every index entry has its document. */
async function expectWhole(dir: string, sessionId: string, taken: number): Promise<void> {
  const database = await openDatabase({ dataDir: dir, mongodbUri: null });
  const connection = await connect(database.uri, database.name);
  try {
    const count = (name: string, filter: object) => connection.collection(name).countDocuments(filter);
    const session = await connection.collection('trainingSessions').findOne({ _id: sessionId as never });
    expect(session).to.include({ enrolled: taken });
    expect(await count('enrolments', { sessionId })).to.equal(taken);
    expect(await count('people', {})).to.equal(taken);
    expect(await count('events', { what: 'enrolment.added' })).to.equal(taken);
    const checked = await connection.db!.admin().command({ skillrollCheck: 1 });
    expect(checked['errors']).to.deep.equal([]);
    await connection.collection('enrolments').updateOne({ sessionId }, { $set: { employer: '示例公司' } });
  } finally {
    await connection.close();
    await database.stop();
  }
}

async function firstLine(child: ChildProcess): Promise<Said> {
  let out = '';
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (part: Buffer) => {
      out += String(part);
      const line = out.split('\n').find((one) => one.startsWith('{'));
      if (line !== undefined) resolve(JSON.parse(line) as Said);
    });
    child.once('close', (code) => reject(new Error(`the server ended with ${String(code)}: ${out}`)));
  });
}
