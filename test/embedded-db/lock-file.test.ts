import { expect } from 'chai';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import ts from 'typescript';
import { DirectoryInUse, lockDirectory } from '../../src/embedded-db/lock-file.ts';
import { failure } from './support/open.ts';

describe('embedded-db/lock-file', function () {
  this.timeout(60_000);
  let dir: string;
  let program: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'skillroll-lock-'));
    program = mkdtempSync(join(tmpdir(), 'skillroll-lock-program-'));
  });
  afterEach(() => [dir, program].forEach((one) => rmSync(one, { recursive: true, force: true })));
  const gone = (): number => spawnSync(process.execPath, ['-e', '0']).pid;
  const dead = (): string => JSON.stringify({ pid: gone(), startedAt: '1', socketDir: '' });

  it('is taken over from a dead process, also from one that died while taking over, and when half written', async () => {
    const [lock, claim] = [dead(), dead()];
    const claimed = `lock.${digestOf(lock)}`;
    for (const leftovers of [
      { lock },
      { lock, [claimed]: claim },
      { lock, [claimed]: claim, [`${claimed}.${digestOf(claim)}`]: dead() },
      { lock: '{"pid":' },
      { lock: 'null' },
      { lock, 'lock-holder.0123456789ab': '' },
    ]) {
      for (const [name, text] of Object.entries(leftovers)) writeFileSync(join(dir, name), text);
      const taken = await lockDirectory(dir, '');
      const { pid, presence } = JSON.parse(readFileSync(join(dir, 'lock'), 'utf8')) as Record<
        string,
        unknown
      >;
      expect(pid).to.equal(process.pid);
      expect(readdirSync(dir)).to.deep.equal(['lock', presence]);
      expect(await failure(lockDirectory(dir, ''))).to.be.instanceOf(DirectoryInUse);
      taken.release();
      expect(readdirSync(dir)).to.deep.equal([]);
    }
  });

  it('leaves a dead lock alone while a living process is removing it', async () => {
    const lock = dead();
    const claimed = join(dir, `lock.${digestOf(lock)}`);
    writeFileSync(join(dir, 'lock'), lock);
    writeFileSync(claimed, JSON.stringify({ pid: process.pid, startedAt: '', socketDir: '' }));
    const refused = await failure(lockDirectory(dir, ''));
    expect(refused).to.be.instanceOf(DirectoryInUse);
    expect(refused.message).to.include('being taken');
    expect(readFileSync(join(dir, 'lock'), 'utf8')).to.equal(lock);
    rmSync(claimed);
    (await lockDirectory(dir, '')).release();
  });

  it('is held also where nobody can read who holds it', async () => {
    const taken = await lockDirectory(dir, '');
    const text = readFileSync(join(dir, 'lock'), 'utf8');
    for (const said of [text.replace('{', '['), '', '{}']) {
      writeFileSync(join(dir, 'lock'), said);
      expect(await failure(lockDirectory(dir, ''))).to.be.instanceOf(DirectoryInUse);
    }
    writeFileSync(join(dir, 'lock'), text);
    taken.release();
  });

  it('is held in another container too, where its number means another process or none', function () {
    const contained = ['--pid', '--fork', '--mount-proc', '--map-root-user'];
    if (spawnSync('unshare', [...contained, 'true']).status !== 0) return this.skip();
    compileInto(program);
    const run = (body: string): string[] => [
      ...contained,
      process.execPath,
      '--input-type=module',
      '-e',
      `const { lockDirectory } = await import(${JSON.stringify(join(program, 'lock-file.js'))});
       try { await lockDirectory(${JSON.stringify(dir)}, ''); console.log('mine'); ${body} }
       catch (error) { console.log(error.name); }`,
    ];
    const holder = spawn('unshare', run('setTimeout(() => process.kill(process.pid, "SIGKILL"), 3000)'));
    return once(holder.stdout, 'data').then(async ([said]) => {
      expect(String(said).trim()).to.equal('mine');
      const second = () => spawnSync('unshare', run('process.exit()'), { encoding: 'utf8' }).stdout.trim();
      expect(second()).to.equal('DirectoryInUse');
      await once(holder, 'close');
      expect(second()).to.equal('mine');
    });
  });

  it('left behind by root, can be read and taken over by the account of the folder', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    chownSync(dir, 12_345, 12_345);
    const taken = await lockDirectory(dir, '');
    const owners = readdirSync(dir).map((name) => statSync(join(dir, name)).uid);
    taken.release();
    expect(owners).to.deep.equal([12_345, 12_345]);
  });

  it('is taken from a process that ended and whose parent has not taken note of that', async function () {
    if (process.platform !== 'linux') return this.skip();
    const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60']);
    const pid = Number(String((await once(parent.stdout, 'data'))[0]));
    const [, startedAt] = /.*\) (?:\S+ ){19}(\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))!;
    while (!readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) await sleep(20);
    writeFileSync(join(dir, 'lock'), JSON.stringify({ pid, startedAt, socketDir: '' }));
    (await lockDirectory(dir, '')).release();
    parent.kill('SIGKILL');
    await once(parent, 'close');
  });

  it('is taken from a dead process whose folder for its socket cannot be removed', async () => {
    const stuck = join(dir, 'stuck');
    writeFileSync(stuck, '');
    const socketDir = join(stuck, 'skillroll-0123456789ab');
    writeFileSync(join(dir, 'lock'), JSON.stringify({ pid: gone(), startedAt: '1', socketDir }));
    (await lockDirectory(dir, '')).release();
  });

  it('goes to one of many processes that find the same dead one at the same moment', async () => {
    compileInto(program);
    for (let round = 0; round < 3; round++) {
      writeFileSync(join(dir, 'lock'), dead());
      const at = Date.now() + 1500;
      const script = `const { lockDirectory } = await import(${JSON.stringify(join(program, 'lock-file.js'))});
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.max(0, ${at} - 30 - Date.now()));
        while (Date.now() < ${at});
        try { await lockDirectory(${JSON.stringify(dir)}, ''); console.log('mine'); } catch (error) { console.log(error.name); }
        process.stdin.resume();`;
      const said = await allSay(script, 6);
      expect(
        said.filter((one) => one === 'mine'),
        said.join(),
      ).to.have.length(1);
      expect(
        said.filter((one) => one === 'DirectoryInUse'),
        said.join(),
      ).to.have.length(5);
    }
  });
});

// Plain JavaScript, so that six processes are ready at the same moment.
function compileInto(folder: string): void {
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    rewriteRelativeImportExtensions: true,
  };
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const name of ['lock-file', 'presence', 'own-as-folder']) {
    const source = readFileSync(`src/embedded-db/${name}.ts`, 'utf8');
    writeFileSync(join(folder, `${name}.js`), ts.transpileModule(source, { compilerOptions }).outputText);
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** What each of that many processes prints; they all live until the last has printed. */
async function allSay(script: string, count: number): Promise<string[]> {
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script]),
  );
  const said = await Promise.all(
    children.map(async ({ stdout }) => String((await once(stdout, 'data'))[0]).trim()),
  );
  for (const child of children) child.stdin.end();
  await Promise.all(children.map((child) => once(child, 'close')));
  return said;
}
