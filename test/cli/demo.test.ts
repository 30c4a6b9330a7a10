import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readDemoMarker } from '../../src/demo-marker.ts';
import { auditDemo, fingerprintOf } from '../persistence/seeds/demo/open-demo.ts';
import { runCommand, startCommand, type Command } from '../support/commands.ts';

const demo = 'src/cli/demo.ts';

describe('cli/demo', function () {
  this.timeout(240_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-demo-'));
  const dir = join(root, 'year');
  const again = join(root, 'again');
  const making = (folder: string) => ['--data', folder, '--scale', '0.01', '--seed-only'];
  let server: Command | null = null;
  after(() => {
    server?.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });

  it('makes the year; one stopped half-way says so and is made anew by the next run', async () => {
    const interrupted = startCommand(demo, making(again));
    const [made, stopped] = await Promise.all([
      runCommand(demo, making(dir)),
      interrupted.wrote('% 2020').then(() => {
        interrupted.kill('SIGINT');
        return interrupted.ended;
      }),
    ]);
    expect(made.code, made.out).to.equal(0);
    expect(stopped.code).to.equal(130);
    expect(stopped.out).to.include('The next run makes the demo year anew');
    expect(readDemoMarker(again)).to.include({ complete: false });
    expect(readdirSync(again)).to.include('data.mdb');

    const remade = await runCommand(demo, making(again));
    expect(remade.code, remade.out).to.equal(0);
    for (const folder of [dir, again]) {
      expect(readDemoMarker(folder)).to.deep.equal({
        seed: 20210507,
        scale: 0.01,
        version: '6',
        complete: true,
      });
      expect(existsSync(`${folder}.key`)).to.equal(true);
    }
  });

  it('seals all it did, and every version of its records with an event', async () => {
    const { code, out } = await runCommand('src/cli/audit-verify.ts', ['--data', dir]);
    expect(out).to.include('The trail is whole');
    expect(code, out).to.equal(0);
  });

  it('makes a year whose every figure, counted record and derived column stands', async () => {
    const findings = await auditDemo(dir);
    expect(findings).to.have.length.above(60);
    expect(findings.filter(({ wrong }) => wrong !== null)).to.deep.equal([]);
  });

  it('makes the same records of the same seed', async () => {
    expect(await fingerprintOf(again)).to.deep.equal(await fingerprintOf(dir));
  });

  it('serves it, keeps a second instance out in one sentence, and stops cleanly at Ctrl-C', async () => {
    server = startCommand(demo, ['--data', dir, '--port', '0']);
    expect(await server.wrote('Ctrl-C'))
      .to.match(/http:\/\/127\.0\.0\.1:\d+/)
      .and.to.match(/officer\s+try-the-demo-2021/);
    const second = await runCommand(demo, ['--data', dir, '--port', '0']);
    expect(second.code).to.equal(75);
    expect(second.out.trim().split('\n')).to.have.length(1);
    expect(second.out).to.include('is in use by process');

    server.kill('SIGINT');
    const ended = await server.ended;
    server = null;
    expect(ended.code, ended.out).to.equal(0);
    expect(readdirSync(dir)).to.not.include('lock').and.not.include('address');
  });

  it('refuses a folder with other data or a year of another size, and production refuses a demo', async () => {
    const foreign = join(root, 'foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'letter.txt'), 'keep me');
    const [refused, otherScale, production] = await Promise.all([
      runCommand(demo, ['--data', foreign, '--seed-only']),
      runCommand(demo, ['--data', dir, '--scale', '0.5', '--seed-only']),
      runCommand('src/main.ts', [], {
        SKILLROLL_DATA: dir,
        PUBLIC_URL: 'http://skills.example',
        SESSION_SECRET: 'x'.repeat(40),
        KEY_FILE: join(root, 'production.key'),
      }),
    ]);
    const misread = await Promise.all([
      runCommand(demo, ['--data', dir, '--port', '99999']),
      runCommand(demo, ['--data', dir], { PORT: 'abc' }),
      runCommand(demo, ['--data', join(root, 'tiny'), '--scale', '0.003', '--seed-only']),
    ]);
    const port = '--port, or PORT, needs a whole number up to 65535; 0 takes one that is free.\n';
    expect(misread.map(({ out }) => out)).to.deep.equal([
      port,
      port,
      '--scale needs a number from 0.005 to 2.\n',
    ]);
    expect(refused.code).to.equal(1);
    expect(refused.out).to.include('holds other data');
    expect(readdirSync(foreign)).to.deep.equal(['letter.txt']);
    expect(readFileSync(join(foreign, 'letter.txt'), 'utf8')).to.equal('keep me');
    expect(otherScale.code).to.equal(1);
    expect(otherScale.out).to.include('at scale 0.01').and.include('Leave --scale out');
    expect(readDemoMarker(dir)).to.include({ scale: 0.01, complete: true });
    expect(production.code).to.equal(78);
    expect(production.out).to.include('names a demo folder');
  });
});
