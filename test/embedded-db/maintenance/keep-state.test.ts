// Reading the file beside the server: neither side must come to harm, whoever begins or ends in between.
import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
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

  it('opens no LMDB and leaves nothing behind, without a server and with one; reads once more what that wrote over', async () => {
    await end();
    rmSync(join(dir, 'data.mdb-lock'));
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
    goOn();
    await next();
    expect(readdirSync(dir)).to.deep.equal(['data.mdb']);
    await begin();
    await rewrite();
    goOn();
    await next();
    await rewrite();
    goOn();
    await next();
    goOn();
    await once(reader, 'close');
    expect(faults).to.deep.equal(['0', '0', '0', '0']);
  });

  it('a state that is the newest at the end was read whole, whatever became of its server', async () => {
    let times = 0;
    const ends = async (): Promise<number> => {
      await end();
      await begin();
      return (times += 1);
    };
    expect(await readDataFile(dir, ends)).to.equal(1);
    const wrong = new Error('what was read made no sense');
    expect(await failure(readDataFile(dir, () => Promise.reject(wrong)))).to.equal(wrong);
    times = 0;
    const refused = await failure(
      readDataFile(dir, async () => {
        await ends();
        await rewrite();
        throw wrong;
      }),
    );
    expect(refused).to.be.instanceOf(DirectoryInUse);
    expect(refused.message).to.include('written to each time');
    expect(times).to.equal(3);
  });

  it('reads beside work that replaces the file, and beside whoever does not answer', async () => {
    await end();
    const replacing = await lockDirectory(dir, '');
    expect(await readDataFile(dir, (file) => checkFile(file).errors)).to.deep.equal([]);
    replacing.release();
    const silent = await lockDirectory(dir, '', (caller) => void caller.unref());
    expect(await readDataFile(dir, (file) => checkFile(file).errors)).to.deep.equal([]);
    silent.release();
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
