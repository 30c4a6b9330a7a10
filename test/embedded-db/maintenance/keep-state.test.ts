// Reading the file beside the server: neither side must come to harm, whoever begins or ends in between.
import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { start, type EmbeddedDatabase } from '../../../src/embedded-db/index.ts';
import { DirectoryInUse, lockDirectory } from '../../../src/embedded-db/lock-file.ts';
import { checkFile } from '../../../src/embedded-db/maintenance/check.ts';
import { readDataFile } from '../../../src/embedded-db/maintenance/data-file.ts';
import { addressOf, loaderOptions } from '../../support/program.ts';
import { failure, type Client } from '../support/open.ts';

describe('embedded-db/maintenance/keep-state', function () {
  this.timeout(60_000);
  let dir: string;
  let server: EmbeddedDatabase;
  let client: Client;
  const begin = async (): Promise<void> => {
    server = await start({ dir });
    client = await new mongoose.mongo.MongoClient(server.uri).connect();
  };
  const end = async (): Promise<void> => {
    await client.close();
    await server.stop();
  };
  const notes = () => client.db('test').collection<{ _id: number; text: string }>('notes');
  const rewrite = async (): Promise<void> => {
    for (let round = 0; round < 5; round++)
      await notes().updateMany({}, { $set: { text: `round ${round}` } });
  };
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'skillroll-keep-'));
    await begin();
    await notes().insertMany(Array.from({ length: 2000 }, (_, _id) => ({ _id, text: 'as it was' })));
  });
  afterEach(async () => {
    await end();
    rmSync(dir, { recursive: true, force: true });
  });

  it('no acknowledged write is lost, and none fails, while another process begins to read again and again', async () => {
    const reader = script(`
      const { readDataFile } = await import('${addressOf('src/embedded-db/maintenance/data-file.ts')}');
      let times = 0;
      for (const until = Date.now() + 3000; Date.now() < until; times++) await readDataFile('${dir}', () => 0);
      console.log(times);
      process.disconnect();`);
    let ended = false;
    const said = once(reader.stdout!, 'data').then(([times]) => Number(String(times)));
    const over = once(reader, 'close').then(() => (ended = true));
    const acknowledged: number[] = [];
    let next = 10_000;
    const writing = Array.from({ length: 3 }, async () => {
      while (!ended) {
        const _id = next++;
        await notes().insertOne({ _id, text: 'while it was read' });
        acknowledged.push(_id);
      }
    });
    await Promise.all([...writing, over]);
    expect(await said).to.be.above(20);
    const found = new Set(await notes().distinct('_id'));
    expect(acknowledged.filter((id) => !found.has(id))).to.deep.equal([]);
    expect(acknowledged.length).to.be.above(20);
  });

  it('what is read stays one state while the server writes over all of it', async () => {
    const [before, after] = await readDataFile(dir, async (file) => {
      const first = checkFile(file);
      await rewrite();
      return [first, checkFile(file)];
    });
    expect(before!.errors).to.deep.equal([]);
    expect(after).to.deep.equal(before);
  });

  it('opens no LMDB beside a server, reads once more when that ends meanwhile, and the next server leaves that state alone', async () => {
    const reader = script(`
      const { readFileSync } = await import('node:fs');
      const { checkFile } = await import('${addressOf('src/embedded-db/maintenance/check.ts')}');
      const { readDataFile } = await import('${addressOf('src/embedded-db/maintenance/data-file.ts')}');
      await readDataFile('${dir}', async (file) => {
        for (let times = 0; times < 2; times++) {
          const mapped = process.platform === 'linux' && readFileSync('/proc/self/maps', 'utf8').includes('data.mdb');
          console.log(checkFile(file).errors.length + (mapped ? ', by LMDB' : ''));
          await new Promise((resolve) => process.once('message', resolve));
        }
      });
      process.disconnect();`);
    const faults: string[] = [];
    const next = async (): Promise<void> =>
      void faults.push(String((await once(reader.stdout!, 'data'))[0]).trim());
    const goOn = (): void => void reader.send('go on');
    await next();
    await end();
    goOn();
    await next();
    goOn();
    await next();
    await begin();
    await rewrite();
    goOn();
    await next();
    goOn();
    await once(reader, 'close');
    const guarded = process.platform === 'linux' ? '0, by LMDB' : '0';
    expect(faults).to.deep.equal(['0', '0', guarded, guarded]);
  });

  it('says so when the server ends each time', async () => {
    let times = 0;
    const error = await failure(
      readDataFile(dir, async () => {
        times += 1;
        if (times > 1) throw new Error('what was read made no sense');
        await end();
        await begin();
      }),
    );
    expect(error.message).to.equal('what was read made no sense');
    times = 0;
    const refused = await failure(
      readDataFile(dir, async () => {
        times += 1;
        await end();
        await begin();
        throw new Error('what was read made no sense');
      }),
    );
    expect(refused).to.be.instanceOf(DirectoryInUse);
    expect(refused.message).to.include('ended again and again');
    expect(times).to.equal(3);
  });

  it('a start waits for whoever is just beginning to read; reading is refused beside work that replaces the file', async () => {
    await end();
    const brief = await lockDirectory(dir, '', { brief: true });
    setTimeout(() => brief.release(), 300);
    await begin();
    await end();
    const replacing = await lockDirectory(dir, '');
    expect(await failure(readDataFile(dir, () => 0))).to.be.instanceOf(DirectoryInUse);
    replacing.release();
    await begin();
  });

  it('a reader that was killed is forgotten: the space of what it read is used again', async () => {
    const reader = script(`
      const { readDataFile } = await import('${addressOf('src/embedded-db/maintenance/data-file.ts')}');
      await readDataFile('${dir}', () => { console.log('reading'); return new Promise((resolve) => setTimeout(resolve, 60000)); });`);
    await once(reader.stdout!, 'data');
    const grow = async (): Promise<number> => {
      const { size } = statSync(join(dir, 'data.mdb'));
      for (let round = 0; round < 4; round++) await rewrite();
      return statSync(join(dir, 'data.mdb')).size - size;
    };
    expect(await grow()).to.be.above(0);
    reader.kill('SIGKILL');
    await once(reader, 'close');
    // The file may still be in the middle of a step that it grows by.
    await grow();
    expect(await grow()).to.equal(0);
  });
});

const script = (body: string): ChildProcess =>
  spawn(process.execPath, [...loaderOptions, '--input-type=module', '-e', body], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
