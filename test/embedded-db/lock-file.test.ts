import { expect } from 'chai';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { DirectoryInUse, lockDirectory } from '../../src/embedded-db/lock-file.ts';

describe('embedded-db/lock-file', function () {
  this.timeout(60_000);
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'skillroll-lock-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  const gone = (): number => spawnSync(process.execPath, ['-e', '0']).pid;
  const dead = (): string => JSON.stringify({ pid: gone(), startedAt: '1', socketDir: '' });

  it('is taken over from a dead process, also from one that died while taking over, and when half written', () => {
    const [lock, claim] = [dead(), dead()];
    const claimed = `lock.${digestOf(lock)}`;
    for (const leftovers of [
      { lock },
      { lock, [claimed]: claim },
      { lock, [claimed]: claim, [`${claimed}.${digestOf(claim)}`]: dead() },
      { lock: '{"pid":' },
    ]) {
      for (const [name, text] of Object.entries(leftovers)) writeFileSync(join(dir, name), text);
      const taken = lockDirectory(dir, '');
      expect(JSON.parse(readFileSync(join(dir, 'lock'), 'utf8'))).to.include({ pid: process.pid });
      expect(readdirSync(dir)).to.deep.equal(['lock']);
      expect(() => lockDirectory(dir, '')).to.throw(DirectoryInUse);
      taken.release();
      expect(existsSync(join(dir, 'lock'))).to.equal(false);
    }
  });

  it('leaves a dead lock alone while a living process is removing it', () => {
    const lock = dead();
    const claimed = join(dir, `lock.${digestOf(lock)}`);
    writeFileSync(join(dir, 'lock'), lock);
    writeFileSync(claimed, JSON.stringify({ pid: process.pid, startedAt: '', socketDir: '' }));
    expect(() => lockDirectory(dir, '')).to.throw(DirectoryInUse, 'being taken');
    expect(readFileSync(join(dir, 'lock'), 'utf8')).to.equal(lock);
    rmSync(claimed);
    lockDirectory(dir, '').release();
  });

  it('goes to one of many processes that find the same dead one at the same moment', async () => {
    const source = readFileSync('src/embedded-db/lock-file.ts', 'utf8');
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    writeFileSync(join(dir, 'lock-file.mjs'), ts.transpileModule(source, { compilerOptions }).outputText);
    for (let round = 0; round < 3; round++) {
      writeFileSync(join(dir, 'lock'), dead());
      const at = Date.now() + 1500;
      const script = `const { lockDirectory } = await import(${JSON.stringify(join(dir, 'lock-file.mjs'))});
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.max(0, ${at} - 30 - Date.now()));
        while (Date.now() < ${at});
        try { lockDirectory(${JSON.stringify(dir)}, ''); console.log('mine'); } catch (error) { console.log(error.name); }
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
