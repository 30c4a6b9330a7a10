// A cursor whose collection or index goes is told so: 175, as MongoDB's query stages say, and never a shorter result.
import { expect } from 'chai';
import { failure, open, type Db, type Opened } from './support/open.ts';

describe('embedded-db/cursors', () => {
  let opened: Opened;
  let db: Db;
  const many = Array.from({ length: 3_000 }, (_, n) => ({ n, even: n % 2 === 0 }));
  before(async () => {
    opened = await open();
    db = opened.db;
  });
  after(() => opened.close());
  beforeEach(async () => {
    await db.dropDatabase();
    await db.collection('c').insertMany(many);
    await db.collection('c').createIndex({ n: 1 }, { name: 'by_n' });
    await db.collection('c').createIndex({ even: 1 }, { name: 'by_even' });
  });

  const byIndex = () => db.collection('c').find({ n: { $gte: 0 } }, { batchSize: 10 });
  const byId = () => db.collection('c').find({}, { batchSize: 10 });
  const counted = async (cursor: { next(): Promise<unknown> }) => {
    let met = 0;
    while ((await cursor.next()) !== null) met += 1;
    return met;
  };

  const ends: Record<string, () => Promise<unknown>> = {
    'its collection is dropped': () => db.collection('c').drop(),
    'its database is dropped': () => db.dropDatabase(),
    'its collection is replaced by $out': () =>
      db
        .collection('c')
        .aggregate([{ $limit: 5 }, { $out: 'c' }])
        .toArray(),
    'its collection is dropped and made again': async () => {
      await db.collection('c').drop();
      await db.collection('c').insertMany(many.map((one) => ({ ...one })));
    },
  };
  for (const [what, happens] of Object.entries(ends))
    it(`fails when ${what}`, async () => {
      for (const cursor of [byId(), byIndex()]) {
        await cursor.next();
        await happens();
        expect(await failure(counted(cursor))).to.include({ code: 175, codeName: 'QueryPlanKilled' });
        await db.collection('c').deleteMany({});
        await db.collection('c').insertMany(many.map((one) => ({ ...one })));
      }
    });

  it('fails when its index is dropped, goes on when another one is, and the space is taken back', async () => {
    const cursor = byIndex();
    await cursor.next();
    await db.collection('c').dropIndex('by_even');
    expect(await counted(cursor)).to.equal(2_999);
    const second = byIndex();
    await second.next();
    await db.collection('c').dropIndex('by_n');
    expect(await failure(counted(second))).to.include({ code: 175 });
  });

  it('goes on while indexes are made and documents come and go', async () => {
    const cursor = byIndex();
    await cursor.next();
    await db.collection('c').createIndex({ n: -1 });
    await db.collection('c').deleteMany({ n: { $gte: 2_990 } });
    expect(await counted(cursor)).to.equal(2_989);
  });
});
