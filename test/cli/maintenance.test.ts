import { expect } from 'chai';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../src/embedded-db/index.ts';
import {
  blank,
  copyOf,
  cut,
  fillDirectory,
  overwrite,
  pagesOf,
} from '../embedded-db/support/filled-directory.ts';
import { programOf } from '../support/program.ts';

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

function command(
  name: string,
  given: readonly string[],
  environment: Record<string, string> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [...programOf(`src/cli/${name}.ts`), ...given], {
    env: { PATH: process.env['PATH'], ...environment },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, text })));
}

describe('cli: maintenance of the data', function () {
  this.timeout(120_000);
  let root: string;
  let dir: string;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'skillroll-maintain-'));
    dir = await fillDirectory();
  });
  after(() => {
    for (const path of [root, dir]) rmSync(path, { recursive: true, force: true });
  });

  it('checks, measures and backs up while a server runs, and compacts only without', async () => {
    const server = await start({ dir });
    const [checked, measured, backed, compacted] = await Promise.all([
      command('db-check', ['--data', dir]),
      command('db-stats', [], { SKILLROLL_DATA: dir }),
      command('backup', ['--data', dir, '--to', join(root, 'backup')], { KEY_FILE: '/keys/office.key' }),
      command('db-compact', ['--data', dir]),
    ]);
    await server.stop();
    expect(checked.text)
      .to.include('test.people: 3000 documents can be read')
      .and.include('Nothing is wrong.');
    expect(checked.code).to.equal(0);
    expect(measured.text).to.match(/test\.people: 3000 documents, [\d.]+ [kM]B\n {2}serial_1: 3000 entries/);
    expect(backed).to.include({ code: 0 });
    expect(backed.text).to.include('3040 documents').and.include('/keys/office.key');
    expect(compacted.code).to.equal(1);
    expect(compacted.text).to.include(`in use by process ${process.pid}`);
    expect((await command('db-compact', ['--data', dir])).text).to.match(/MB before, [\d.]+ MB now/);
  });

  it('restores into an empty folder and says which key file belongs to it', async () => {
    const restored = await command('restore', [
      '--from',
      join(root, 'backup'),
      '--data',
      join(root, 'again'),
    ]);
    expect(restored).to.include({ code: 0 });
    expect(restored.text).to.include('3040 documents').and.include('KEY_FILE');
    const refused = await command('restore', ['--from', join(root, 'backup'), '--data', join(root, 'again')]);
    expect(refused.code).to.equal(1);
    expect(refused.text).to.include('is not empty');
  });

  it('ends a check of damaged data with 1, names the record and the way on, and salvages the rest', async () => {
    const again = join(root, 'again');
    overwrite(
      again,
      Buffer.from('\x02_id\0\x0b\0\0\0person 123\0'),
      Buffer.from('\x7e_id\0\x0b\0\0\0person 123\0'),
    );
    const checked = await command('db-check', ['--data', again]);
    expect(checked.code).to.equal(1);
    expect(checked.text)
      .to.include('2999 documents can be read, 1 cannot be read')
      .and.include('"person 123"')
      .and.include('db:salvage');
    const salvaged = await command('db-salvage', ['--data', again, '--to', join(root, 'salvaged')]);
    expect(salvaged).to.include({ code: 0 });
    expect(salvaged.text).to.include('test.people: 2999 documents').and.include('"person 123"');
    expect((await command('db-check', ['--data', join(root, 'salvaged')])).code).to.equal(0);
  });

  it('measures damaged data as far as it can, says so, and ends with 1', async () => {
    const copy = copyOf(dir, 'measured');
    blank(copy, [[...pagesOf(dir, 'test.people').values()][100]![0]!]);
    const part = await command('db-stats', ['--data', copy]);
    expect(part.code).to.equal(1);
    expect(part.text)
      .to.match(/test\.people: 2\d{3} documents/)
      .and.include('db:check');
    blank(copy, [0, 1]);
    const nothing = await command('db-stats', ['--data', copy]);
    expect(nothing.code).to.equal(1);
    expect(nothing.text).to.include('The data is damaged').and.include('db:check');
    rmSync(copy, { recursive: true });
  });

  it('names 50 faults, says how many more there are, and all of them with --all', async () => {
    const copy = copyOf(dir, 'many');
    for (const pages of new Set([...pagesOf(dir, 'test.files').values()])) blank(copy, [pages[1]!]);
    for (let n = 200; n < 220; n++)
      overwrite(
        copy,
        Buffer.from(`\x02_id\0\x0b\0\0\0person ${n}\0`),
        Buffer.from(`\x7e_id\0\x0b\0\0\0person ${n}\0`),
      );
    const faults = ({ text }: Ended): number =>
      text.split('\n').filter((line) => /^- (?!and)/.test(line)).length;
    const [some, all, left, everyLeft] = await Promise.all([
      command('db-check', ['--data', copy]),
      command('db-check', ['--data', copy, '--all']),
      command('db-salvage', ['--data', copy, '--to', join(root, 'some')]),
      command('db-salvage', ['--data', copy, '--to', join(root, 'all'), '--all']),
    ]);
    expect([some, left].map(faults)).to.deep.equal([50, 50]);
    const total = faults(all);
    expect(total).to.be.above(60);
    expect(some.text).to.include(`- and ${total - 50} more: npm run db:check with --all names each`);
    expect(left.text).to.include(
      `- and ${faults(everyLeft) - 50} more: npm run db:salvage with --all names each`,
    );
    expect(faults(everyLeft)).to.be.at.least(60);
    rmSync(copy, { recursive: true });
  });

  it('ends a salvage that finds no document with 1, and makes nothing', async () => {
    const copy = copyOf(dir, 'empty');
    cut(copy, 2 * 8192);
    const to = join(root, 'nothing');
    const salvaged = await command('db-salvage', ['--data', copy, '--to', to]);
    expect(salvaged.code).to.equal(1);
    expect(salvaged.text).to.include(`No document can be read in ${copy}: nothing was written to ${to}.`);
    rmSync(copy, { recursive: true });
  });

  it('says of a place that cannot be used which one, why, and what to do', async function () {
    const file = join(root, 'letter');
    writeFileSync(file, '');
    for (const to of [file, join(file, 'deeper')]) {
      const { code, text } = await command('backup', ['--data', dir, '--to', to]);
      expect(code).to.equal(1);
      expect(text).to.match(
        /^\S+ (is a file: name a folder|cannot be written: a part of its path is a file\. Mend)/,
      );
      expect(text).to.include(to);
    }
    // Root without its privileges, anybody else as they are.
    const asOther =
      process.getuid?.() === 0 ? ['setpriv', '--inh-caps=-all', '--bounding-set=-all'] : ['env'];
    if (spawnSync(asOther[0]!, [...asOther.slice(1), 'true']).status !== 0) return this.skip();
    const other = (name: string, ...given: string[]): string => {
      const [program, ...before] = [
        ...asOther,
        process.execPath,
        ...programOf(`src/cli/${name}.ts`),
        ...given,
      ];
      return spawnSync(program!, before, { encoding: 'utf8' }).stderr;
    };
    const copy = copyOf(dir, 'closed');
    chmodSync(copy, 0o500);
    // What is only read needs no right to write.
    expect(other('db-check', '--data', copy)).to.equal('');
    const reason = 'cannot be written: this account may not write there. Mend that, or name another place';
    expect(other('db-compact', '--data', copy)).to.include(`${copy} ${reason}`);
    expect(other('backup', '--data', dir, '--to', join(copy, 'new'))).to.include(`${copy}/new ${reason}`);
    chmodSync(copy, 0);
    expect(other('db-check', '--data', copy)).to.equal(
      `The data in ${copy} cannot be read by this account: run the command as the one that serves it.\n`,
    );
    chmodSync(copy, 0o700);
    rmSync(copy, { recursive: true });
  });

  it('says so of a full disk and a read-only one, and leaves no data there', function () {
    const isolated = ['--map-root-user', '--mount', 'bash', '-c'];
    if (spawnSync('unshare', [...isolated, 'mount -t tmpfs none /mnt']).status !== 0) return this.skip();
    const run = (name: string, given: string): string =>
      `${process.execPath} ${programOf(`src/cli/${name}.ts`).join(' ')} ${given} 2>&1`;
    const place = join(root, 'mounted');
    const script = [
      `mkdir ${place}; ${run('backup', `--data ${dir} --to ${root}/copied`)}; mount -t tmpfs -o size=2m none ${place}`,
      run('backup', `--data ${dir} --to ${place}/backup`),
      run('restore', `--from ${root}/copied --data ${place}/restored`),
      run('db-salvage', `--data ${dir} --to ${place}/salvaged`),
      `head -c 2100000 /dev/zero >${place}/zeros 2>/dev/null`,
      run('db-salvage', `--data ${dir} --to ${place}/salvaged`),
      `rm ${place}/zeros; find ${place} -name "*.mdb*"; mount -o remount,ro ${place}`,
      run('backup', `--data ${dir} --to ${place}/backup`),
      // Reading needs no room.
      `mkdir ${place}2; mount -t tmpfs -o size=16m none ${place}2; cp ${dir}/data.mdb ${place}2`,
      `head -c 20000000 /dev/zero >${place}2/zeros 2>/dev/null`,
      `${run('db-check', `--data ${place}2`)} | tail -1`,
    ].join('\n');
    const lines = spawnSync('unshare', [...isolated, script], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');
    const full =
      'cannot be written: the disk is full. Mend that, or name another place, and run the command again';
    const names = ['backup', 'restored', 'salvaged', 'salvaged'];
    expect(lines.length, lines.join('\n')).to.equal(2 + names.length + 2);
    expect(lines.pop()).to.equal('Nothing is wrong.');
    names.forEach((name, i) => expect(lines[2 + i]).to.include(`${place}/${name} ${full}`));
    expect(lines.at(-1)).to.include(
      `${place}/backup cannot be written: its file system is mounted read-only`,
    );
  });

  it('says which tool of MongoDB does it where the data lies there, and what is missing', async () => {
    const environment = { MONGODB_URI: 'mongodb://db.example:27017/skillroll' };
    const answers = await Promise.all(
      [
        ['backup', 'mongodump'],
        ['restore', 'mongorestore'],
        ['db-check', 'validate'],
      ].map(async ([name, tool]) => ({ ...(await command(name!, [], environment)), tool: tool! })),
    );
    for (const { code, text, tool } of answers) {
      expect(code).to.equal(1);
      expect(text).to.include(tool);
    }
    // With the database in the address these tools refuse to take or bring back one moment of the whole server.
    for (const { text } of answers.slice(0, 2))
      expect(text).to.include('--uri "$SERVER_URI"').and.include('that address without its database');
    const nothing = await command('backup', ['--to', join(root, 'x')]);
    expect(nothing).to.include({ code: 1, text: 'Say which folder: --data DIR.\n' });
    expect((await command('db-check', ['--data', join(root, 'none')])).text).to.include(
      'There is no data in',
    );
  });
});
