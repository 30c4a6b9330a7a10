// $out and $merge, and what others do between two of their documents.
import { expect } from 'chai';
import {
  indexesBy,
  inTransaction,
  numbered,
  openEngine,
  settled,
  type OpenedEngine,
} from '../support/engine.ts';
import { failure } from '../support/open.ts';

describe('embedded-db/writes/pipeline-results, between documents', () => {
  let opened: OpenedEngine;
  beforeEach(async () => {
    opened = openEngine();
    await opened.run({ insert: 'people', documents: numbered(3) });
  });
  afterEach(async () => {
    expect(await opened.wrong()).to.deep.equal([]);
    await opened.close();
  });
  const out = { aggregate: 'people', pipeline: [{ $out: 'copy' }], cursor: {} };
  const copies = async () => (await opened.run({ find: 'copy' })).cursor.firstBatch.map(({ _id }) => _id);

  it('$out puts nothing in place whose documents went with a commit that failed', async () => {
    await opened.run({ insert: 'copy', documents: [{ _id: 'old' }] });
    const writing = await opened.pause(out, 3);
    await opened.loseCommit();
    expect(await failure(writing.goOn())).to.include({ code: 20 });
    await opened.engine.writer.idle();
    expect(await copies()).to.deep.equal(['old']);
  });

  it('nor where the database was dropped meanwhile', async () => {
    const writing = await opened.pause(out, 3);
    await opened.run({ dropDatabase: 1 });
    expect(await failure(writing.goOn())).to.include({ code: 20 });
    expect(opened.engine.catalog.list('test')).to.deep.equal([]);
  });

  it('nor in the place of a collection that got another index meanwhile', async () => {
    await opened.run({ insert: 'copy', documents: [{ _id: 'old' }] });
    const writing = await opened.pause(out, 3);
    await opened.run(indexesBy('copy', ['u'], { unique: true }));
    expect(await failure(writing.goOn())).to.include({ code: 20 });
    expect(opened.indexes('test.copy')).to.deep.equal(['u']);
    expect(await copies()).to.deep.equal(['old']);
  });

  it('$merge merges into a document that a transaction made while it waited', async () => {
    await opened.run({ create: 'copy' });
    const made = { insert: 'copy', documents: [{ _id: 1, kept: true }] };
    await opened.run({ ...made, ...inTransaction(1, 1, true) });
    const merged = opened.run({ aggregate: 'people', pipeline: [{ $merge: 'copy' }], cursor: {} });
    await settled();
    expect(await opened.run({ commitTransaction: 1, ...inTransaction(1, 1) })).to.include({ ok: 1 });
    expect(await merged).to.include({ ok: 1 });
    expect(await copies()).to.deep.equal([0, 1, 2]);
    const { cursor } = await opened.run({ find: 'copy', filter: { _id: 1 } });
    expect({ ...cursor.firstBatch[0] }).to.deep.equal({ _id: 1, kept: true, n: 1, m: 1, u: 1 });
  });
});
