import { expect } from 'chai';
import fc from 'fast-check';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkData } from '../../../src/embedded-db/maintenance/check.ts';
import { salvageData, type Salvaged } from '../../../src/embedded-db/maintenance/salvage.ts';
import { DamagedData } from '../../../src/embedded-db/maintenance/data-file.ts';
import { PlaceInUse } from '../../../src/embedded-db/maintenance/put-in-place.ts';
import { surveyFile } from '../../../src/embedded-db/pages/survey.ts';
import {
  blank,
  copyOf,
  cut,
  documentsIn,
  FILES,
  fillDirectory,
  overwrite,
  pagesOf,
  PEOPLE,
  withFile,
} from '../support/filled-directory.ts';
import { failure } from '../support/open.ts';
import { programOf } from '../../support/program.ts';

const COLLECTIONS = ['test.files', 'test.people'];

describe('embedded-db/maintenance/salvage', function () {
  this.timeout(120_000);
  let dir: string;
  let copy: string;
  let to: string;
  before(async () => {
    dir = await fillDirectory();
  });
  beforeEach(() => {
    copy = copyOf(dir, 'broken');
    to = join(copy, 'salvaged');
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));
  after(() => rmSync(dir, { recursive: true, force: true }));

  /** How many documents lie on none of the damaged pages; all of them must be in the new place, byte for byte. */
  function expectIntact(isDamaged: (page: number) => boolean): number {
    const before = documentsIn(dir);
    const after = documentsIn(to);
    // Where the name of a collection was on a damaged page, its documents are under `recovered`.
    const nameless = [...after]
      .filter(([ns]) => ns.startsWith('recovered.'))
      .map(([, documents]) => documents);
    let intact = 0;
    for (const ns of COLLECTIONS) {
      const places = after.has(ns) ? [after.get(ns)!] : nameless;
      for (const [id, pages] of pagesOf(dir, ns)) {
        if (pages.some(isDamaged)) continue;
        intact += 1;
        const bytes = before.get(ns)!.get(id);
        if (!places.some((documents) => documents.get(id) === bytes)) expect.fail(`${ns} ${id} was readable`);
      }
    }
    return intact;
  }
  const salvage = (): Promise<Salvaged> => salvageData(copy, to);
  const usedPages = (): number[] =>
    withFile(dir, (file) => {
      const { lost } = surveyFile(file);
      expect(lost).to.deep.equal([]);
      return Array.from({ length: file.bytes / 8192 }, (_, i) => i);
    });

  it('copies undamaged data whole, with its indexes, and only into a new place', async () => {
    const { collections, notes } = await salvage();
    expect(notes).to.deep.equal([]);
    expect(collections).to.deep.equal([
      { ns: 'test.files', documents: FILES, fromLostPages: 0 },
      { ns: 'test.people', documents: PEOPLE, fromLostPages: 0 },
    ]);
    expect(documentsIn(to)).to.deep.equal(documentsIn(dir));
    const whole = await checkData(to);
    expect(whole.collections).to.deep.equal((await checkData(dir)).collections);
    expect(statSync(join(to, 'data.mdb')).mode & 0o777).to.equal(0o600);
    expect(await failure(salvage())).to.be.instanceOf(PlaceInUse);
  });

  it('interrupted, leaves nothing that could be taken for the data, and begins anew', async () => {
    const child = spawn(process.execPath, [
      ...programOf('src/cli/db-salvage.ts'),
      '--data',
      copy,
      '--to',
      to,
    ]);
    const files = [join(to, 'data.mdb'), join(to, 'unfinished', 'data.mdb')];
    while (!files.some((file) => existsSync(file) && statSync(file).size > 500_000)) await sleep(2);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).to.deep.equal([null, 'SIGINT']);
    expect(existsSync(join(to, 'data.mdb'))).to.equal(false);
    await salvage();
    expect(documentsIn(to)).to.deep.equal(documentsIn(dir));
    expect(readdirSync(to)).to.deep.equal(['data.mdb']);
  });

  it('refuses to make a place with nothing in it', async () => {
    cut(copy, 2 * 8192);
    const error = await failure(salvage());
    expect(error).to.be.instanceOf(DamagedData);
    expect(error.message).to.include('No document can be read').and.include(to);
    expect(error['errors']).to.not.be.empty;
    expect(existsSync(to)).to.equal(false);
  });

  it('leaves out only the document that cannot be read, and names it', async () => {
    overwrite(
      copy,
      Buffer.from('\x02_id\0\x0b\0\0\0person 123\0', 'latin1'),
      Buffer.from('\x7e_id\0\x0b\0\0\0person 123\0', 'latin1'),
    );
    const { collections, notes } = await salvage();
    expect(collections[1]).to.include({ documents: PEOPLE - 1 });
    expect(notes).to.deep.equal(['test.people: document "person 123" cannot be read']);
  });

  it('reads everything on whole leaves when the root of the tree is gone, and brings nothing deleted back', async () => {
    const root = withFile(dir, (file) => file.heads[0]!.root!);
    blank(copy, [root]);
    const { collections } = await salvage();
    expect(expectIntact((page) => page === root)).to.equal(PEOPLE + FILES);
    expect(collections.find(({ ns }) => ns === 'test.people')).to.deep.equal({
      ns: 'test.people',
      documents: PEOPLE,
      fromLostPages: PEOPLE,
    });
    expect([...documentsIn(to).keys()].sort()).to.deep.equal(COLLECTIONS);
  });

  it('reads everything on whole pages after random pages were blanked', async () => {
    const pages = usedPages();
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom(...pages), { minLength: 1, maxLength: 20 }),
        async (gone) => {
          copy = copyOf(dir, 'broken');
          blank(copy, gone);
          await salvage();
          expectIntact((page) => gone.includes(page));
          expect((await checkData(to)).errors).to.deep.equal([]);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('reads everything before the end of a file that was cut', async () => {
    const pages = usedPages().length;
    for (const part of [0.9, 0.6, 0.3]) {
      copy = copyOf(dir, 'broken');
      const kept = Math.floor(pages * part);
      cut(copy, kept * 8192 + 100);
      const { notes } = await salvage();
      expect(notes.join('\n')).to.match(/the file ends \d+ pages early/);
      expect(expectIntact((page) => page >= kept)).to.be.above(0);
    }
  });

  it('reads leaves without either head page, into a database for what has no name where the names are gone too', async () => {
    blank(copy, [0, 1]);
    const { notes } = await salvage();
    expect(notes[0]).to.equal('2 of the 2 head pages cannot be read');
    expect(expectIntact((page) => page < 2)).to.equal(PEOPLE + FILES);
    expect(existsSync(join(to, 'data.mdb'))).to.equal(true);
  });
});
