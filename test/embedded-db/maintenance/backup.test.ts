import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import mongoose from 'mongoose';
import { start } from '../../../src/embedded-db/index.ts';
import { backupData, restoreData, verifyBackup } from '../../../src/embedded-db/maintenance/backup.ts';
import { DamagedData } from '../../../src/embedded-db/maintenance/data-file.ts';
import { PlaceInUse } from '../../../src/embedded-db/maintenance/put-in-place.ts';
import { addressOf, loaderOptions } from '../../support/program.ts';
import {
  blank,
  copyOf,
  documentsIn,
  fillDirectory,
  overwrite,
  pagesOf,
} from '../support/filled-directory.ts';
import { failure } from '../support/open.ts';

const run = promisify(execFile);
const at = new Date('2027-01-02T03:04:05Z');

describe('embedded-db/maintenance/backup and restore', function () {
  this.timeout(60_000);
  let root: string;
  let dir: string;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'skillroll-backup-'));
    dir = await fillDirectory();
  });
  after(() => {
    for (const path of [root, dir]) rmSync(path, { recursive: true, force: true });
  });

  it('drill: what is restored holds every document and index, and its server goes on from there', async () => {
    const note = await backupData(dir, join(root, 'drill'), at);
    expect(note).to.deep.include({
      at: at.toISOString(),
      documents: { 'test.files': 40, 'test.people': 3000 },
    });
    expect(statSync(join(root, 'drill')).mode & 0o777).to.equal(0o700);
    const restored = join(root, 'restored');
    expect(statSync(join(root, 'drill', 'data.mdb')).mode & 0o777).to.equal(0o600);
    expect(await restoreData(join(root, 'drill'), restored)).to.deep.equal(note);
    expect(statSync(join(restored, 'data.mdb')).mode & 0o777).to.equal(0o600);
    expect(documentsIn(restored)).to.deep.equal(documentsIn(dir));
    const server = await start({ dir: restored });
    const client = await new mongoose.mongo.MongoClient(server.uri).connect();
    const people = client.db('test').collection('people');
    expect((await people.indexes()).map(({ name }) => name)).to.have.members([
      '_id_',
      'serial_1',
      'tags_1_n_-1',
      'state_1',
    ]);
    expect(await failure(people.insertOne({ serial: 'S1' }))).to.include({ code: 11000 });
    await people.insertOne({ serial: 'new' });
    await client.close();
    await server.stop();
  });

  it('copies, from a second process, a state with every write acknowledged before, while a server writes', async () => {
    const live = copyOf(dir, 'live');
    const server = await start({ dir: live });
    const client = await new mongoose.mongo.MongoClient(server.uri).connect();
    const people = client.db('test').collection('people');
    let written = 0;
    let stop = false;
    const writing = (async () => {
      for (; !stop; written++) {
        await people.insertOne({ serial: `while ${written}`, tags: ['w'], n: written });
        await people.updateOne({ serial: `while ${Math.floor(written / 2)}` }, {
          $inc: { n: 1 },
          $push: { tags: 'x' },
        } as never);
      }
    })();
    const before = written;
    const to = join(root, 'live');
    const script = `import(${JSON.stringify(addressOf('src/embedded-db/maintenance/backup.ts'))}).then((it) => it.backupData(${JSON.stringify(live)}, ${JSON.stringify(to)}, new Date()))`;
    await run(process.execPath, [...loaderOptions, '-e', script]);
    const during = written;
    stop = true;
    await writing;
    await client.close();
    await server.stop();
    expect(during).to.be.above(before + 10);
    const { documents } = await verifyBackup(to);
    expect(documents['test.people'])
      .to.be.at.least(3000 + before)
      .and.at.most(3000 + written);
    rmSync(live, { recursive: true });
  });

  it('goes only into a new or empty place, both ways', async () => {
    const full = join(root, 'full');
    mkdirSync(full);
    writeFileSync(join(full, 'letter'), 'mine');
    expect(await failure(backupData(dir, full, at))).to.be.instanceOf(PlaceInUse);
    const backup = join(root, 'both');
    mkdirSync(backup);
    await backupData(dir, backup, at);
    expect(await failure(restoreData(backup, full))).to.be.instanceOf(PlaceInUse);
    expect(await failure(restoreData(backup, dir))).to.be.instanceOf(PlaceInUse);
    expect(readFileSync(join(full, 'letter'), 'utf8')).to.equal('mine');
  });

  it('refuses a backup of damaged data, one without its note, and one with a single byte changed', async () => {
    const damaged = copyOf(dir, 'damaged');
    blank(damaged, [[...pagesOf(dir, 'test.people').values()][5]![0]!]);
    const faulty = await failure(backupData(damaged, join(root, 'faulty'), at));
    expect(faulty).to.be.instanceOf(DamagedData);
    expect(existsSync(join(root, 'faulty'))).to.equal(false);
    rmSync(damaged, { recursive: true });

    expect((await failure(restoreData(dir, join(root, 'none')))).message).to.include('no finished backup');
    const backup = join(root, 'changed');
    await backupData(dir, backup, at);
    overwrite(backup, Buffer.from('note note'), Buffer.from('note nite'));
    const error = await failure(restoreData(backup, join(root, 'none')));
    expect(error).to.be.instanceOf(DamagedData);
    expect(error.message).to.include('digest');
    expect(existsSync(join(root, 'none'))).to.equal(false);
  });
});
