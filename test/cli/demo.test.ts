import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readDemoMarker, writeDemoMarker } from '../../src/demo-marker.ts';
import { connect } from '../../src/persistence/connection.ts';
import { openHeadcounts } from '../../src/persistence/reads/headcounts-alone.ts';
import { joinDatabase } from '../../src/reach-database.ts';
import { auditYear } from '../persistence/seeds/demo/audit-year.ts';

interface Ended {
  readonly code: number | null;
  readonly out: string;
}

const node = (script: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

function collect(child: ChildProcess): { text: () => string; ended: Promise<Ended> } {
  let out = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (part: Buffer) => (out += String(part)));
  return {
    text: () => out,
    ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, out }))),
  };
}

const run = (script: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
  collect(node(script, args, env)).ended;

const demo = 'src/cli/demo.ts';

describe('cli/demo, cli/bulletin', function () {
  this.timeout(120_000);
  let root: string;
  let dir: string;
  let server: ChildProcess | null = null;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'skillroll-demo-'));
    dir = join(root, 'year');
    const made = await run(demo, ['--data', dir, '--scale', '0.02', '--seed-only']);
    expect(made.code, made.out).to.equal(0);
  });
  after(() => {
    server?.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });

  it('makes a year whose every figure, counted record and derived column stands', async () => {
    const marker = readDemoMarker(dir);
    expect(marker).to.include({ scale: 0.02, complete: true });
    expect(existsSync(`${dir}.key`)).to.equal(true);
    const database = await joinDatabase({ dataDir: dir, mongodbUri: null });
    const connection = await connect(database.uri, database.name);
    try {
      const findings = await auditYear(connection, await openHeadcounts(connection), 0.02);
      expect(findings).to.have.length.above(30);
      expect(findings.filter(({ wrong }) => wrong !== null)).to.deep.equal([]);
    } finally {
      await connection.close();
      await database.stop();
    }
  });

  it('serves it, keeps a second instance out in one sentence, and stops at a signal', async () => {
    server = node(demo, ['--data', dir, '--port', '0']);
    const output = collect(server);
    const started = Date.now();
    while (!output.text().includes('Ctrl-C') && Date.now() - started < 60_000)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(output.text())
      .to.match(/http:\/\/127\.0\.0\.1:\d+/)
      .and.to.match(/officer\s+Skillroll-2021/);
    const second = await run(demo, ['--data', dir, '--port', '0']);
    expect(second.code).to.equal(75);
    expect(second.out.trim().split('\n')).to.have.length(1);
    expect(second.out).to.include('is in use by process');

    const counted = await run('src/cli/bulletin.ts', ['--year', '2021', '--json', '--data', dir]);
    expect(counted.code, counted.out).to.equal(0);
    const { year, figures } = JSON.parse(counted.out) as {
      year: number;
      figures: { code: string; value: number | null; recorded?: boolean; version: number }[];
    };
    expect(year).to.equal(2021);
    expect(figures).to.have.length(41);
    expect(figures.find(({ code }) => code === 'F13')).to.include({ value: 1_040, version: 1 });
    expect(figures.find(({ code }) => code === 'F01')).to.include({ value: null, recorded: false });

    server.kill('SIGINT');
    const ended = await output.ended;
    server = null;
    expect(ended.code).to.equal(0);
  });

  it('states the bulletin in both languages without a server or a secret, and never 0 for what is not recorded', async () => {
    const [zh, en] = await Promise.all([
      run('src/cli/bulletin.ts', ['--year', '2021', '--data', dir]),
      run('src/cli/bulletin.ts', ['--year', '2015', '--lang', 'en', '--data', join(root, 'nothing')]),
    ]);
    expect(zh.out)
      .to.match(/F13\s+1,040 人次/)
      .and.to.match(/F01\s+未登记/);
    expect(en.code).to.equal(1);
    expect(en.out).to.include('There are no records in');
    const none = await run('src/cli/bulletin.ts', ['--year', '2015', '--lang', 'en', '--data', dir]);
    expect(none.out)
      .to.match(/F13\s+not recorded/)
      .and.not.match(/\b0 /);
    const odd = await run('src/cli/bulletin.ts', ['--year', 'soon']);
    expect(odd.out).to.include('--year needs a number');
  });

  it('refuses a folder with other data, and one production would serve', async () => {
    const foreign = join(root, 'foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'letter.txt'), 'keep me');
    const refused = await run(demo, ['--data', foreign, '--seed-only']);
    expect(refused.code).to.equal(1);
    expect(refused.out).to.include('holds other data');
    expect(readFileSync(join(foreign, 'letter.txt'), 'utf8')).to.equal('keep me');
    const production = await run('src/main.ts', [], {
      SKILLROLL_DATA: dir,
      PUBLIC_URL: 'http://skills.example',
      SESSION_SECRET: 'x'.repeat(40),
      KEY_FILE: join(root, 'production.key'),
    });
    expect(production.code).to.equal(78);
    expect(production.out).to.include('names a demo folder');
  });

  it('says which settings a production start lacks, one sentence each', async () => {
    const bare = await run('src/main.ts', []);
    expect(bare.code).to.equal(78);
    for (const name of ['SKILLROLL_DATA', 'PUBLIC_URL', 'SESSION_SECRET', 'KEY_FILE'])
      expect(
        bare.out.split('\n').filter((line) => line.includes(name)),
        name,
      ).to.have.length.at.least(1);
    expect(bare.out).to.not.include('    at ');
  });

  it('makes an unfinished year anew', async () => {
    const half = join(root, 'half');
    mkdirSync(half);
    writeDemoMarker(half, { seed: 1, scale: 0.01, version: '1', complete: false });
    const made = await run(demo, ['--data', half, '--scale', '0.01', '--seed-only']);
    expect(made.code, made.out).to.equal(0);
    expect(readDemoMarker(half)).to.include({ scale: 0.01, complete: true });
  });
});
