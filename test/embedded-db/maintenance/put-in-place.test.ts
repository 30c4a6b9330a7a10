import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DirectoryInUse, start } from '../../../src/embedded-db/index.ts';
import { backupData, restoreData } from '../../../src/embedded-db/maintenance/backup.ts';
import { compactData } from '../../../src/embedded-db/maintenance/compact.ts';
import { fillPlace, PlaceInUse, putInPlace } from '../../../src/embedded-db/maintenance/put-in-place.ts';
import { copyOf, documentsIn, fillDirectory } from '../support/filled-directory.ts';
import { failure } from '../support/open.ts';
import { addressOf, loaderOptions } from '../../support/program.ts';

/** A process that is killed when it has made a part of the data for `dir`. */
async function killedIn(dir: string, step: 'fillPlace' | 'putInPlace'): Promise<void> {
  const work = `(draft) => { fs.writeFileSync(draft + '/data.mdb', 'a part'); console.log(draft); return new Promise(() => setInterval(() => 0, 9999)); }`;
  const script = `const fs = require('node:fs'); import(${JSON.stringify(addressOf('src/embedded-db/maintenance/put-in-place.ts'))}).then((it) => it.${step}(${JSON.stringify(dir)}, ${work}))`;
  const child = spawn(process.execPath, [...loaderOptions, '-e', script]);
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('embedded-db/maintenance/put-in-place', function () {
  this.timeout(60_000);
  let root: string;
  let dir: string;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'skillroll-place-'));
    dir = await fillDirectory();
  });
  after(() => {
    for (const path of [root, dir]) rmSync(path, { recursive: true, force: true });
  });

  it('gives data its name when it is whole, readable by its owner only, and leaves nothing beside it', async () => {
    const to = join(root, 'deep', 'new');
    const made = await fillPlace(to, async (draft) => {
      writeFileSync(join(draft, 'data.mdb'), 'whole', { mode: 0o644 });
      expect(readdirSync(to)).to.include.members(['lock', 'unfinished']);
      expect(await failure(fillPlace(to, async () => 1))).to.be.instanceOf(DirectoryInUse);
      return 'made';
    });
    expect(made).to.equal('made');
    expect(readdirSync(to)).to.deep.equal(['data.mdb']);
    expect(statSync(join(to, 'data.mdb')).mode & 0o777).to.equal(0o600);
    expect(await failure(fillPlace(to, async () => 1))).to.be.instanceOf(PlaceInUse);
  });

  it('leaves no folder behind work that failed, and one that was there as it was', async () => {
    mkdirSync(join(root, 'there'));
    for (const name of ['failed', 'there']) {
      const failing = fillPlace(join(root, name), (draft) => {
        writeFileSync(join(draft, 'data.mdb'), 'a part');
        return Promise.reject(new Error('the work failed'));
      });
      expect((await failure(failing)).message).to.equal('the work failed');
    }
    expect(existsSync(join(root, 'failed'))).to.equal(false);
    expect(readdirSync(join(root, 'there'))).to.deep.equal([]);
  });

  it('takes a place again that a killed backup or restore left', async () => {
    const backup = join(root, 'backup');
    const restored = join(root, 'restored');
    for (const place of [backup, restored]) {
      await killedIn(place, 'fillPlace');
      expect(readdirSync(place)).to.include.members(['lock', 'unfinished']);
    }
    expect((await failure(start({ dir: restored }))).message).to.include('run that command again');
    // Killed between the two names that a backup gets.
    writeFileSync(join(backup, 'backup.json'), '{}');
    await backupData(dir, backup, new Date());
    await restoreData(backup, restored);
    expect(readdirSync(backup)).to.have.members(['backup.json', 'data.mdb']);
    expect(readdirSync(restored)).to.deep.equal(['data.mdb']);
    expect(documentsIn(restored)).to.deep.equal(documentsIn(dir));
  });

  it('a start removes what a killed compaction left, and so does the next one', async () => {
    const copy = copyOf(dir, 'compaction');
    await killedIn(copy, 'putInPlace');
    expect(readdirSync(copy)).to.include('unfinished');
    const server = await start({ dir: copy });
    expect(readdirSync(copy)).to.not.include('unfinished');
    await server.stop();
    await killedIn(copy, 'putInPlace');
    await compactData(copy);
    expect(readdirSync(copy)).to.deep.equal(['data.mdb']);
    expect(statSync(join(copy, 'data.mdb')).mode & 0o777).to.equal(0o600);
    expect(documentsIn(copy)).to.deep.equal(documentsIn(dir));
    rmSync(copy, { recursive: true });
  });

  it('run by root, leaves the data with the account that serves it', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const copy = copyOf(dir, 'owned');
    chownSync(copy, 4321, 4321);
    await putInPlace(copy, async (draft) => writeFileSync(join(draft, 'data.mdb'), ''));
    expect(statSync(join(copy, 'data.mdb'))).to.include({ uid: 4321, gid: 4321 });
    rmSync(copy, { recursive: true });
  });
});
