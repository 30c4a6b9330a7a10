import { expect } from 'chai';
import { failure, open, type Db, type Opened } from './support/open.ts';

describe('embedded-db/indexes', () => {
  let opened: Opened;
  let db: Db;
  before(async () => {
    opened = await open();
    db = opened.db;
  });
  after(() => opened.close());
  afterEach(async () => {
    const check = await opened.client.db('admin').command({ skillrollCheck: 1 });
    expect(check['errors']).to.deep.equal([]);
    await db.dropDatabase();
  });

  it('refuses a duplicate with code, index, key pattern and value', async () => {
    const people = db.collection('people');
    await people.createIndex({ area: 1, number: -1 }, { unique: true, name: 'place' });
    await people.insertOne({ area: 'east', number: 7 });
    const error = await failure(people.insertOne({ area: 'east', number: 7 }));
    expect(error).to.include({ code: 11000 });
    expect(error.message).to.include('E11000 duplicate key error collection: test.people index: place');
    expect(error['keyPattern']).to.deep.equal({ area: 1, number: -1 });
    expect(error['keyValue']).to.deep.equal({ area: 'east', number: 7 });
    expect(
      await failure(
        people.updateOne({ area: 'west' }, { $set: { number: 7, area: 'east' } }, { upsert: true }),
      ),
    ).to.include({ code: 11000 });
    expect(await people.countDocuments()).to.equal(1);
    await people.insertOne({ area: [], number: 8 });
    const empty = await failure(people.insertOne({ area: [], number: 8 }));
    expect(empty)
      .to.include({ code: 11000 })
      .and.deep.include({ keyValue: { area: [], number: 8 } });
  });

  it('keeps the old document and its entries when an update would break uniqueness', async () => {
    const c = db.collection('c');
    await c.createIndex({ a: 1 }, { unique: true });
    await c.createIndex({ b: 1 });
    await c.insertMany([
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 2, b: 2 },
    ] as never[]);
    expect(await failure(c.updateOne({ a: 2 }, { $set: { a: 1, b: 9 } }))).to.include({ code: 11000 });
    expect(await c.find({ b: 2 }).toArray()).to.deep.equal([{ _id: 2, a: 2, b: 2 }]);
    await c.updateOne({ a: 2 }, { $set: { a: 3 } });
    await c.insertOne({ _id: 4, a: 2 } as never);
  });

  it('leaves documents out of sparse and partial indexes', async () => {
    const c = db.collection('c');
    await c.createIndex({ email: 1 }, { unique: true, sparse: true });
    await c.createIndex(
      { code: 1 },
      { unique: true, partialFilterExpression: { code: { $type: 'string' } } },
    );
    await c.insertMany([{}, {}, { code: 1 }, { code: 1 }, { code: 'x', email: 'e' }]);
    expect(await failure(c.insertOne({ code: 'x' }))).to.include({ code: 11000 });
    expect(await failure(c.insertOne({ email: 'e' }))).to.include({ code: 11000 });
    expect(await c.countDocuments({ email: { $exists: false } })).to.equal(4);
    expect(await c.find({ code: 'x' }).toArray()).to.have.length(1);
    expect(await c.countDocuments({ code: 1 })).to.equal(2);
  });

  it('finds elements of arrays once, and refuses two arrays side by side', async () => {
    const c = db.collection('c');
    await c.createIndex({ 'items.kind': 1, 'items.size': 1 });
    await c.createIndex({ x: 1, y: 1 });
    await c.insertOne({
      _id: 1,
      items: [
        { kind: 'a', size: 9 },
        { kind: 'b', size: 2 },
        { kind: 'a', size: 9 },
      ],
    } as never);
    expect(await c.find({ 'items.kind': { $in: ['a', 'b'] } }).toArray()).to.have.length(1);
    expect(await c.find({ 'items.kind': 'a', 'items.size': 2 }).toArray()).to.have.length(1);
    expect(await c.find({ items: { $elemMatch: { kind: 'a', size: 2 } } }).toArray()).to.have.length(0);
    expect(await c.find({ items: { $elemMatch: { kind: 'b', size: 2 } } }).toArray()).to.have.length(1);
    expect(await failure(c.insertOne({ x: [1], y: [2] }))).to.include({ code: 171 });
  });

  it('builds on existing documents, and refuses to when they are not unique', async () => {
    const c = db.collection('c');
    await c.insertMany(Array.from({ length: 1000 }, (_, i) => ({ n: i, half: i >> 1 })));
    expect(await c.createIndex({ n: 1 }, { unique: true })).to.equal('n_1');
    expect(await failure(c.createIndex({ half: 1 }, { unique: true }))).to.include({ code: 11000 });
    expect((await c.indexes()).map((index) => index.name)).to.deep.equal(['_id_', 'n_1']);
    expect(await c.find({ n: { $gte: 990 } }).toArray()).to.have.length(10);
    await c.insertOne({ n: 5000, half: 0 });
  });

  it('builds while others write', async () => {
    const c = db.collection('c');
    for (let i = 0; i < 10; i++)
      await c.insertMany(Array.from({ length: 1000 }, (_, k) => ({ n: i * 1000 + k })));
    const building = c.createIndex({ n: 1 });
    const writing = Array.from({ length: 60 }, (_, i) =>
      i % 3 === 0
        ? c.insertOne({ n: -i })
        : i % 3 === 1
          ? c.deleteOne({ n: i * 100 })
          : c.updateOne({ n: i * 100 }, { $set: { n: 100_000 + i } }),
    );
    await Promise.all([building, ...writing]);
    expect(await c.countDocuments({ n: { $gte: 100_000 } })).to.equal(20);
  });

  it('tells conflicting specifications apart, and accepts the same one again', async () => {
    const c = db.collection('c');
    await c.createIndex({ a: 1 }, { unique: true });
    expect(await c.createIndex({ a: 1 }, { unique: true })).to.equal('a_1');
    expect(await failure(c.createIndex({ a: 1 }))).to.include({ code: 85 });
    expect(await failure(c.createIndex({ a: 1 }, { unique: true, name: 'other' }))).to.include({ code: 85 });
    expect(await failure(c.createIndex({ b: 1 }, { name: 'a_1' }))).to.include({ code: 86 });
    expect(await failure(c.dropIndex('none'))).to.include({ code: 27 });
    expect(await failure(c.dropIndex('_id_'))).to.include({ code: 72 });
    await c.dropIndex('a_1');
    await c.insertMany([{ a: 1 }, { a: 1 }]);
  });

  it('deletes what a TTL index says has expired', async () => {
    const c = db.collection('c');
    await c.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    const [old, fresh] = [new Date(Date.now() - 61_000), new Date(Date.now() - 50_000)];
    await c.insertMany([{ at: old }, { at: fresh }, { at: [fresh, old] }, { at: 'never' }, {}]);
    expect(await opened.client.db('admin').command({ skillrollSweep: 1 })).to.include({ deleted: 2 });
    expect(await c.countDocuments()).to.equal(3);
  });

  it('refuses keys longer than the store can hold', async () => {
    const c = db.collection('c');
    await c.createIndex({ a: 1 });
    expect(await failure(c.insertOne({ a: 'x'.repeat(5000) }))).to.include({ code: 17280 });
    expect(await c.countDocuments()).to.equal(0);
  });

  it('counts strings of a pattern by their keys, without the patterns that are stored beside them', async () => {
    const patterns = db.collection('patterns');
    await patterns.insertMany([{ a: 'abc' }, { a: 'b' }, { a: /zzz/ }, { a: /^ab/ }]);
    await patterns.createIndex({ a: 1 });
    expect(await patterns.countDocuments({ a: /^ab/ })).to.equal(2);
  });

  it('makes all indexes of a command or none', async () => {
    const people = db.collection('people');
    await people.insertMany([
      { a: 1, b: 1 },
      { a: 2, b: 1 },
    ]);
    await people.createIndex({ a: 1 });
    const specs = [{ key: { a: 1 } }, { key: { a: -1 } }, { key: { b: 1 }, unique: true }];
    expect(await failure(people.createIndexes(specs))).to.include({ code: 11000 });
    expect((await people.indexes()).map(({ name }) => name)).to.deep.equal(['_id_', 'a_1']);
  });
});
