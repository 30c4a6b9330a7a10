import { expect } from 'chai';
import fc from 'fast-check';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkData } from '../../../src/embedded-db/maintenance/check.ts';
import { NoData } from '../../../src/embedded-db/maintenance/must-have-data.ts';
import { dataStats } from '../../../src/embedded-db/maintenance/stats.ts';
import { DamagedPage } from '../../../src/embedded-db/pages/page-file.ts';
import {
  blank,
  checked,
  copyOf,
  cut,
  FILES,
  fillDirectory,
  overwrite,
  pagesOf,
  PEOPLE,
  withFile,
} from '../support/filled-directory.ts';
import { failure } from '../support/open.ts';

describe('embedded-db/maintenance/check', () => {
  let dir: string;
  let copy: string;
  before(async () => {
    dir = await fillDirectory();
  });
  beforeEach(() => {
    copy = copyOf(dir, 'check');
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));
  after(() => rmSync(dir, { recursive: true, force: true }));

  it('finds every document and entry, and nothing wrong, in what a server wrote', async () => {
    const { errors, collections, pagesFree } = await checkData(dir);
    expect(errors).to.deep.equal([]);
    expect(collections).to.deep.equal([
      { ns: 'test.files', readable: FILES, unreadable: 0, entries: 0 },
      { ns: 'test.people', readable: PEOPLE, unreadable: 0, entries: PEOPLE * 3 + PEOPLE / 2 },
    ]);
    expect(pagesFree).to.be.above(10);
  });

  it('measures collections, indexes and free space', async () => {
    const { bytes, bytesFree, bytesDropped, collections } = await dataStats(dir);
    expect(bytesFree).to.be.above(0).and.below(bytes);
    expect(bytesDropped).to.equal(0);
    const [files, people] = collections;
    expect(files).to.include({ name: 'test.files', entries: FILES });
    expect(files!.bytes)
      .to.be.above(FILES * 30_000)
      .and.below(FILES * 31_000);
    expect(people!.indexes.map(({ name, entries }) => [name, entries])).to.deep.equal([
      ['serial_1', PEOPLE],
      ['tags_1_n_-1', PEOPLE * 2],
      ['state_1', PEOPLE / 2],
    ]);
  });

  it('says so where there is no data', async () => {
    expect(await failure(checkData('/nowhere'))).to.be.instanceOf(NoData);
  });

  it('names a document whose bytes are no document any more, and what can still be read', async () => {
    // The type byte of the first field.
    overwrite(
      copy,
      Buffer.from('\x02_id\0\x0b\0\0\0person 123\0', 'latin1'),
      Buffer.from('\x7e_id\0\x0b\0\0\0person 123\0', 'latin1'),
    );
    const { errors, collections } = await checkData(copy);
    expect(errors[0]).to.include('test.people: document "person 123" cannot be read');
    expect(collections[1]).to.include({ readable: PEOPLE - 1, unreadable: 1 });
  });

  it('names an index entry that says something else than its document', async () => {
    overwrite(copy, Buffer.from('\x20S77\0', 'latin1'), Buffer.from('\x20S7x\0', 'latin1'));
    const { errors } = await checkData(copy);
    expect(errors.join('\n')).to.match(/test\.people\.serial_1: (missing|surplus) entry/);
  });

  it('names a long document whose pages are damaged', async () => {
    const [, pages] = [...pagesOf(dir, 'test.files')][7]!;
    blank(copy, [pages[1]!]);
    const { errors, collections } = await checkData(copy);
    expect(errors).to.have.length(1);
    expect(errors[0]).to.match(
      /is not the long value it should be: document ObjectId\([0-9a-f]{24}\) of test\.files/,
    );
    expect(collections[0]).to.include({ readable: FILES - 1 });
  });

  it('names the collections behind a damaged page, a short file, and a lost head page', async () => {
    const [, pages] = [...pagesOf(dir, 'test.people')][100]!;
    blank(copy, [pages[0]!]);
    const leaf = checked(copy);
    expect(leaf.errors[0]).to.include('documents of test.people');
    expect(leaf.collections[1]!.readable)
      .to.be.above(PEOPLE * 0.9)
      .and.below(PEOPLE);
    cut(copy, 40 * 8192);
    expect((await checkData(copy)).errors[0]).to.match(/^the file ends \d+ pages early$/);
    cut(copy, 8_192);
    expect((await checkData(copy)).errors.join()).to.include('1 of the 2 head pages cannot be read');
    cut(copy, 5);
    expect((await checkData(copy)).errors).to.deep.equal(['2 of the 2 head pages cannot be read']);
  });

  it('takes a page number larger than any place in a file for damage', () => {
    for (const [page, count] of [
      [2 ** 46, 1],
      [2 ** 60, 1],
      [3, 2 ** 40],
    ] as const)
      expect(() => withFile(dir, (file) => file.read(page, count))).to.throw(
        DamagedPage,
        'the file ends before',
      );
  });

  it('comes to an end, with sentences, whatever bytes are flipped', function () {
    this.timeout(60_000);
    const pageCount = withFile(dir, (file) => file.bytes / 8192);
    const flip = fc.record({ page: fc.nat(pageCount - 1), at: fc.nat(600), byte: fc.nat(255) });
    let damaged = 0;
    fc.assert(
      fc.property(fc.array(flip, { minLength: 1, maxLength: 12 }), (flips) => {
        const bytes = withFile(dir, (file) => file.read(0, pageCount));
        for (const { page, at, byte } of flips) bytes[page * 8192 + at] = byte;
        writeFileSync(join(copy, 'data.mdb'), bytes);
        if (checked(copy).errors.length > 0) damaged += 1;
      }),
      { numRuns: 25 },
    );
    expect(damaged, 'damage found in 25 flipped files').to.be.above(2);
  });
});
