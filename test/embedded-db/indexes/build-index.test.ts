// An index that is built in slices, and what others do between two of them.
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

describe('embedded-db/indexes/build-index, between slices', () => {
  let opened: OpenedEngine;
  beforeEach(async () => {
    opened = openEngine();
    await opened.run({ insert: 'people', documents: numbered(200) });
  });
  afterEach(async () => {
    expect(await opened.wrong()).to.deep.equal([]);
    await opened.close();
  });
  const unique = indexesBy('people', ['u'], { unique: true });
  const twice = { insert: 'people', documents: [{ _id: -1, u: 50 }] };

  // The first step reads the documents 0 to 15, the second those up to 79.
  it('a unique one fails where a transaction took the key first and commits', async () => {
    const build = await opened.pause(unique, 1);
    expect(await opened.run({ ...twice, ...inTransaction(1, 1, true) })).to.include({ ok: 1 });
    await build.step(1);
    expect(await opened.run({ commitTransaction: 1, ...inTransaction(1, 1) })).to.include({ ok: 1 });
    expect(await failure(build.goOn())).to.include({ code: 11000 });
    expect(opened.indexes('test.people')).to.deep.equal([]);
  });

  it('reads anew what a transaction changed while it waited for it', async () => {
    const build = await opened.pause(unique, 1);
    const changes = [
      { q: { _id: 50 }, u: { $set: { u: 500 } } },
      { q: { _id: 51 }, u: { $set: { u: 501 } } },
    ];
    const removal = { delete: 'people', deletes: [{ q: { _id: 52 }, limit: 1 }] };
    await opened.run({ update: 'people', updates: changes, ...inTransaction(1, 1, true) });
    await opened.run({ ...removal, ...inTransaction(1, 1) });
    const built = build.goOn();
    await settled();
    expect(await opened.run({ commitTransaction: 1, ...inTransaction(1, 1) })).to.include({ ok: 1 });
    expect(await built).to.include({ numIndexesAfter: 2 });
  });

  it('a transaction whose snapshot is from before conflicts with a key that the build met since', async () => {
    const build = await opened.pause(unique, 1);
    await opened.run({ find: 'people', ...inTransaction(1, 1, true) });
    await build.step(1);
    expect(await opened.run({ ...twice, ...inTransaction(1, 1) })).to.deep.include({
      ok: 0,
      code: 112,
      errorLabels: ['TransientTransactionError'],
    });
    expect(await build.goOn()).to.include({ numIndexesAfter: 2 });
  });

  it('another client that wants the same index hears what came of it', async () => {
    await opened.run({ insert: 'people', documents: [{ _id: 'again', u: 5 }] });
    const first = await opened.pause(unique, 1);
    const second = opened.run(unique);
    await settled();
    expect(await failure(first.goOn())).to.include({ code: 11000 });
    expect(await second).to.include({ ok: 0, code: 11000 });
    expect(opened.indexes('test.people')).to.deep.equal([]);
  });

  it('so it does where the collection is dropped and made again meanwhile', async () => {
    const first = await opened.pause(unique, 1);
    const second = opened.run(unique);
    await settled();
    await opened.run({ drop: 'people' });
    await opened.run({ insert: 'people', documents: numbered(3) });
    expect(await second).to.include({ ok: 0, code: 276 });
    expect(await failure(first.goOn())).to.include({ code: 276 });
  });
});
