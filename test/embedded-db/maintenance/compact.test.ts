import { expect } from 'chai';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DirectoryInUse, start } from '../../../src/embedded-db/index.ts';
import { checkData } from '../../../src/embedded-db/maintenance/check.ts';
import { compactData } from '../../../src/embedded-db/maintenance/compact.ts';
import { DamagedData } from '../../../src/embedded-db/maintenance/data-file.ts';
import { blank, copyOf, documentsIn, fillDirectory, pagesOf } from '../support/filled-directory.ts';
import { failure } from '../support/open.ts';

describe('embedded-db/maintenance/compact', () => {
  let dir: string;
  before(async () => {
    dir = await fillDirectory();
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  it('makes the file smaller and keeps every byte of every document', async () => {
    const copy = copyOf(dir, 'compact');
    const { before: bytesBefore, after: bytesAfter } = await compactData(copy);
    expect(bytesAfter).to.be.below(bytesBefore * 0.9);
    expect(documentsIn(copy)).to.deep.equal(documentsIn(dir));
    expect(await checkData(copy)).to.deep.include({ errors: [], pagesFree: 0, bytes: bytesAfter });
    expect(readdirSync(copy)).to.have.members(['data.mdb']);
    const server = await start({ dir: copy });
    await server.stop();
    expect(documentsIn(copy)).to.deep.equal(documentsIn(dir));
    rmSync(copy, { recursive: true });
  });

  it('refuses while a server runs, and names its process', async () => {
    const copy = copyOf(dir, 'used');
    const server = await start({ dir: copy });
    const error = await failure(compactData(copy));
    expect(error).to.be.instanceOf(DirectoryInUse);
    expect(error.message).to.include(String(process.pid));
    await server.stop();
    rmSync(copy, { recursive: true });
  });

  it('refuses damaged data, says what is wrong and leaves the file as it is', async () => {
    const copy = copyOf(dir, 'damaged');
    blank(copy, [[...pagesOf(dir, 'test.people').values()][5]![0]!]);
    const before = readFileSync(join(copy, 'data.mdb'));
    const error = await failure(compactData(copy));
    expect(error).to.be.instanceOf(DamagedData);
    expect(error['errors']).to.not.be.empty;
    expect(readFileSync(join(copy, 'data.mdb')).equals(before)).to.equal(true);
    expect(readdirSync(copy)).to.not.include('lock');
    rmSync(copy, { recursive: true });
  });
});
