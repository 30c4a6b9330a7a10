import { expect } from 'chai';
import { failure, open, type Db, type Opened } from './support/open.ts';

describe('embedded-db/$merge', () => {
  let opened: Opened;
  let db: Db;
  before(async () => {
    opened = await open();
    db = opened.db;
  });
  after(() => opened.close());
  beforeEach(async () => {
    await db.dropDatabase();
    await db.collection('rows').insertMany([
      { _id: 1, total: 5, k: { a: 'x' } },
      { _id: 2, total: 6, k: { a: 'z' } },
    ] as never[]);
    await db.collection('kept').insertMany([
      { _id: 1, sum: 1, k: { a: 'x' } },
      { _id: 9, sum: 9, k: { a: 'y' } },
    ] as never[]);
  });

  const merge = (options: object, ...stages: object[]) =>
    db
      .collection('rows')
      .aggregate([...stages, { $merge: { into: 'kept', ...options } }])
      .toArray();
  const kept = () => db.collection('kept').find().sort({ _id: 1 }).toArray();

  it('gives the variables of let their values for each document', async () => {
    const sum = { $add: ['$sum', '$$more', '$$new.total'] };
    await merge({ let: { more: '$total' }, whenMatched: [{ $set: { sum } }], whenNotMatched: 'discard' });
    expect((await kept()).map(({ sum }) => sum as unknown)).to.deep.equal([11, 9]);
  });

  it('finds what is there by a path through documents', async () => {
    await db.collection('kept').createIndex({ 'k.a': 1 }, { unique: true });
    await merge({ on: 'k.a', whenMatched: 'merge' }, { $unset: '_id' });
    expect((await kept()).map(({ k, total }) => [k, total])).to.deep.equal(
      [
        [{ a: 'x' }, 5],
        [{ a: 'y' }, undefined],
        [{ a: 'z' }, 6],
      ].sort(([one]) => (JSON.stringify(one).includes('z') ? 1 : 0)),
    );
  });

  it('takes an expression for itself, and refuses what names no document', async () => {
    await db.collection('kept').createIndex({ name: 1 }, { unique: true, sparse: true });
    await db.collection('kept').updateOne({ _id: 1 } as never, { $set: { name: 'abc' } });
    await merge(
      { on: 'name', whenMatched: 'replace' },
      { $set: { name: /^a/ } },
      { $limit: 1 },
      { $unset: '_id' },
    );
    expect(await db.collection('kept').countDocuments({ name: 'abc' })).to.equal(1);
    for (const name of [null, [1, 2], '$nothing'])
      expect(await failure(merge({ on: 'name' }, { $set: { name } }))).to.include({ code: 51132 });
  });

  it('refuses modes that do not go together', async () => {
    for (const whenMatched of ['keepExisting', 'fail'])
      for (const whenNotMatched of ['discard', 'fail'])
        expect(await failure(merge({ whenMatched, whenNotMatched }))).to.include({ code: 51181 });
  });
});
