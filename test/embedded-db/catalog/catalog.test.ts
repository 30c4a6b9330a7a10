// A commit that failed: the catalog is read anew under works, cursors and transactions that hold parts of the former one.
import { expect } from 'chai';
import { failure } from '../support/open.ts';
import { indexesBy, inTransaction, numbered, openEngine, type OpenedEngine } from '../support/engine.ts';

describe('embedded-db/catalog/catalog, after a commit that failed', () => {
  let opened: OpenedEngine;
  beforeEach(async () => {
    opened = openEngine();
    await opened.run({ insert: 'people', documents: numbered(200) });
  });
  afterEach(() => opened.close());

  // 200 documents are read in three steps: in the fourth the second index is begun.
  it('createIndexes that ends by it takes away its own indexes, and none of another', async () => {
    const built = await opened.pause(indexesBy('people', ['n', 'm']), 4);
    await opened.run(indexesBy('people', ['u']));
    await opened.loseCommit();
    expect(await failure(built.goOn())).to.include({ code: 276 });
    expect(await opened.wrong()).to.deep.equal([]);
    expect(opened.indexes('test.people')).to.deep.equal(['u']);
  });

  it('so it does where the collection was to be dropped by it', async () => {
    const built = await opened.pause(indexesBy('people', ['n', 'm']), 4);
    await opened.loseCommit({ drop: 'people' });
    expect(await failure(built.goOn())).to.include({ code: 276 });
    expect(opened.indexes('test.people')).to.deep.equal([]);
    await opened.reopen();
    expect(await opened.wrong()).to.deep.equal([]);
  });

  it('a cursor knows that its index is dropped, and is not just at its end', async () => {
    await opened.run(indexesBy('people', ['n']));
    const { cursor } = await opened.run({ find: 'people', hint: 'n', batchSize: 2 });
    await opened.loseCommit();
    await opened.run({ dropIndexes: 'people', index: 'n' });
    const more = { getMore: cursor.id, collection: 'people' };
    expect(await opened.run(more)).to.include({ ok: 0, code: 175 });
    expect(await opened.run(more)).to.include({ ok: 0, code: 43 });
  });

  it('a transaction that met the first array of an index runs again, also on a collection nobody changed', async () => {
    await opened.run(indexesBy('people', ['tags']));
    await opened.reopen();
    const write = { insert: 'people', documents: [{ _id: 'a', tags: [1, 2, 3] }] };
    await opened.run({ ...write, ...inTransaction(1, 1, true) });
    await opened.loseCommit();
    const commit = await opened.run({ commitTransaction: 1, ...inTransaction(1, 1) });
    expect(commit).to.deep.include({ ok: 0, code: 246, errorLabels: ['TransientTransactionError'] });
    await opened.run({ ...write, ...inTransaction(1, 2, true) });
    expect(await opened.run({ commitTransaction: 1, ...inTransaction(1, 2) })).to.include({ ok: 1 });
    const { cursor } = await opened.run({ find: 'people', filter: { tags: { $gte: 1 } }, hint: 'tags' });
    expect(cursor.firstBatch).to.have.length(1);
  });
});
