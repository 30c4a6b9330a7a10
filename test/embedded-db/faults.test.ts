// Faults of the machine around the embedded database: each is named in words, and over when its cause is.
import { expect } from 'chai';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { DirectoryNotWritable, start } from '../../src/embedded-db/index.ts';
import { checkData } from '../../src/embedded-db/maintenance/check.ts';
import {
  blank,
  copyOf,
  cut,
  documentsIn,
  fillDirectory,
  newestHeadOf,
  overwriteAt,
  pagesOf,
  withFile,
} from './support/filled-directory.ts';
import { addressOf, loaderOptions, programOf } from '../support/program.ts';
import { failure } from './support/open.ts';

const SERVER = 'test/embedded-db/support/fault-server.ts';
/** Places in a head page. */
const [FREE_ROOT, FLAGS, ROOT, LAST_PAGE, STATE] = [88, 100, 136, 144, 152];
const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
/** Runs bash where it may mount file systems of its own; undefined where the system does not allow that. */
const isolated = ['unshare', '--map-root-user', '--mount', 'bash', '-c'];

describe('embedded-db/faults', function () {
  this.timeout(60_000);
  let root: string;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'skillroll-faults-'));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });

  it('full disk: refuses writes by name, goes on reading, and writes again once there is room, without a restart', async function () {
    if (spawnSync('prlimit', ['--version']).status !== 0) return this.skip();
    const child = spawn(
      'bash',
      [
        '-c',
        'ulimit -S -f 3000 && exec "$0" "$@"',
        process.execPath,
        ...programOf(SERVER),
        join(root, 'data'),
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const uri = String((await lines.next()).value);
    const client = await new mongoose.mongo.MongoClient(uri).connect();
    const notes = client.db('test').collection<{ _id: number; text: string }>('notes');
    let taken = 0;
    const fill = async (): Promise<Error & Record<string, unknown>> => {
      for (; ; taken++) {
        const insert = notes.insertOne({ _id: taken, text: 'x'.repeat(50_000) });
        const refused = await insert.then(
          () => undefined,
          (error: unknown) => error as Error & Record<string, unknown>,
        );
        if (refused) return refused;
        if (taken > 500) throw new Error('the disk is not full');
      }
    };
    expect(await fill()).to.include({ code: 14031, codeName: 'OutOfDiskSpace' });
    expect(taken).to.be.above(10);
    expect(await notes.countDocuments()).to.equal(taken);
    expect((await notes.findOne({ _id: taken - 1 }))?.text).to.have.length(50_000);
    expect(await failure(notes.insertOne({ _id: -1, text: 'x'.repeat(50_000) }))).to.include({ code: 14031 });
    // What fits into the room there is goes on: the refused write touched nothing.
    await notes.deleteOne({ _id: 0 });
    expect(await notes.countDocuments()).to.equal(taken - 1);

    execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited']);
    await notes.insertOne({ _id: taken, text: 'fits' });
    expect(await notes.countDocuments()).to.equal(taken);
    expect((await client.db('admin').command({ skillrollCheck: 1 }))['errors']).to.deep.equal([]);
    await client.close();
  });

  it('read-only file system: says so at the start, can still be checked, and starts again once it is writable', function () {
    const place = join(root, 'mounted');
    const filled = `import('${addressOf('test/embedded-db/support/filled-directory.ts')}').then((it) => it.fillDirectory()).then(console.log)`;
    const served = (...after: string[]): string =>
      [`${process.execPath} ${programOf(SERVER).join(' ')} ${place}/data </dev/null`, ...after].join(' ');
    const script = [
      `set -e; mkdir -p ${place}; mount -t tmpfs -o size=64m none ${place}`,
      `export TMPDIR=${place}; made=$(${process.execPath} ${loaderOptions.join(' ')} -e ${JSON.stringify(filled)}); mv "$made" ${place}/data`,
      `export TMPDIR=/tmp; mount -o remount,ro ${place}`,
      `${served('|| echo "ended with $?"')}`,
      `${process.execPath} ${programOf('src/cli/db-check.ts').join(' ')} --data ${place}/data`,
      `mount -o remount,rw ${place}`,
      `${served('>/dev/null && echo started')}`,
    ].join('\n');
    if (spawnSync(isolated[0]!, [...isolated.slice(1), 'mount -t tmpfs none /tmp']).status !== 0)
      return this.skip();
    const { stdout, stderr } = spawnSync(isolated[0]!, [...isolated.slice(1), script], { encoding: 'utf8' });
    expect(stderr).to.include(
      `The data in ${place}/data cannot be written: its file system is mounted read-only`,
    );
    expect(stdout).to.include('ended with 1').and.include('Nothing is wrong.');
    expect(stdout.trim().endsWith('started'), stdout + stderr).to.equal(true);
  });

  it('an empty data file, too little to address: says so instead of ending', async () => {
    const filled = await fillDirectory();
    writeFileSync(join(filled, 'data.mdb'), '');
    expect((await failure(start({ dir: filled }))).message).to.include('is damaged');
    rmSync(filled, { recursive: true });

    const made = await fillDirectory();
    const served = (...shell: string[]) =>
      spawnSync(
        'bash',
        ['-c', [...shell, `exec "$0" "$@"`].join('; '), process.execPath, ...programOf(SERVER), made],
        {
          encoding: 'utf8',
          input: '',
        },
      );
    const { status, stderr } = served('ulimit -v 60000000');
    expect([status, stderr.includes('ulimit -v unlimited')], stderr).to.deep.equal([1, true]);
    expect(served().status).to.equal(0);
    rmSync(made, { recursive: true });
  });

  it('new files are for their owner alone, and belong to whoever owns the folder', async function () {
    const dir = join(root, 'data');
    mkdirSync(dir, { mode: 0o755 });
    if (process.getuid?.() === 0) chownSync(dir, 65534, 65534);
    await (await start({ dir })).stop();
    const kept = readdirSync(dir).map((name) => statSync(join(dir, name)));
    expect(kept.map(({ mode }) => mode & 0o077)).to.deep.equal(kept.map(() => 0));
    expect(kept.map(({ uid }) => uid)).to.deep.equal(kept.map(() => statSync(dir).uid));
    chmodSync(join(dir, 'data.mdb'), 0o644);
    await (await start({ dir })).stop();
    expect(statSync(join(dir, 'data.mdb')).mode & 0o077).to.equal(0);
  });

  it('a place that is a file, or that this account may not write: says so', async () => {
    writeFileSync(join(root, 'file'), '');
    for (const [dir, reason] of [
      [join(root, 'file'), 'it is a file'],
      [join(root, 'file', 'data'), 'a part of its path is a file'],
    ] as const) {
      const error = await failure(start({ dir }));
      expect(error).to.be.instanceOf(DirectoryNotWritable);
      expect(error.message).to.include(reason).and.include(dir);
    }
  });

  it('damaged file: says what is missing and what to do, and leaves it as it is', async () => {
    const dir = await fillDirectory();
    const rootPage = withFile(dir, (file) => file.heads[0]!.root!);
    const longPage = [...pagesOf(dir, 'test.files').values()][0]![1]!;
    const head = newestHeadOf(dir);
    const damages: [string, (copy: string) => void][] = [
      ['2 of the 2 head pages cannot be read', (copy) => blank(copy, [0, 1])],
      ['1 of the 2 head pages cannot be read', (copy) => blank(copy, [1])],
      ['its end is missing', (copy) => cut(copy, rootPage * 8192)],
      ['its end is missing', (copy) => overwriteAt(copy, head + LAST_PAGE, number(2 ** 40))],
      ['the head page names page 1,', (copy) => overwriteAt(copy, head + ROOT, number(1))],
      ['the head page names page 99999999,', (copy) => overwriteAt(copy, head + ROOT, number(99_999_999))],
      [
        'the head page names page 99999999,',
        (copy) => overwriteAt(copy, head + FREE_ROOT, number(99_999_999)),
      ],
      [`the head page names page ${longPage},`, (copy) => overwriteAt(copy, head + ROOT, number(longPage))],
      [
        '1 of the 2 head pages cannot be read',
        (copy) => overwriteAt(copy, head + ROOT, Buffer.alloc(8, 255)),
      ],
      ['1 of the 2 head pages cannot be read', (copy) => overwriteAt(copy, head + FLAGS, Buffer.of(2))],
      ['the 2 head pages contradict each other', (copy) => overwriteAt(copy, head + STATE, number(2 ** 40))],
      ['the 2 head pages contradict each other', (copy) => overwriteAt(copy, head + LAST_PAGE, number(9))],
    ];
    for (const [what, damage] of damages) {
      const copy = copyOf(dir, 'faulty');
      damage(copy);
      const before = withFile(copy, (file) => file.bytes);
      const { message } = await failure(start({ dir: copy }));
      expect(message).to.include(what).and.include('db:check').and.include('db:salvage');
      expect(withFile(copy, (file) => file.bytes)).to.equal(before);
      expect((await checkData(copy)).errors, what).to.not.be.empty;
      rmSync(copy, { recursive: true });
    }
    rmSync(dir, { recursive: true });
  });

  it('a damaged page does not hinder reading what lies on others', async () => {
    const dir = await fillDirectory();
    const pages = [...pagesOf(dir, 'test.files').values()];
    blank(dir, [pages[3]![1]!]);
    expect(documentsIn(dir).get('test.people')!.size).to.equal(3000);
    const server = await start({ dir });
    const client = await new mongoose.mongo.MongoClient(server.uri).connect();
    expect(await client.db('test').collection('people').countDocuments({ state: 'open' })).to.equal(1500);
    await client.close();
    await server.stop();
    rmSync(dir, { recursive: true });
  });
});
