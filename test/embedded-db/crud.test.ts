import { Binary, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from '../support/bson.ts';
import { expect } from 'chai';
import { failure, open, type Db, type LooseCollection, type Opened } from './support/open.ts';

describe('embedded-db/crud', () => {
  let opened: Opened;
  let db: Db;
  before(async () => {
    opened = await open();
    db = opened.db;
  });
  after(() => opened.close());
  afterEach(() => db.dropDatabase());

  const named = (name: string): LooseCollection => db.collection(name) as unknown as LooseCollection;
  const c = (): LooseCollection => named('c');

  it('gives back every type as it came, also after an update beside it', async () => {
    const fields = {
      int: new Int32(7),
      whole: new Double(7),
      fraction: new Double(0.5),
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('1.50'),
      date: new Date(-1),
      binary: new Binary(Buffer.from('x'), 128),
      id: new ObjectId(),
      time: new Timestamp({ t: 1, i: 2 }),
      pattern: /^a/i,
      nothing: null,
      nested: { '2': 1, '1': [true, [], {}] },
    };
    await c().insertOne({ _id: 1, ...fields });
    await c().updateOne({ _id: 1 }, { $set: { added: 1 } });
    const back = await c().findOne({ _id: 1 }, { promoteValues: false, bsonRegExp: false });
    expect(back).to.deep.equal({
      _id: new Int32(1),
      ...fields,
      nested: (back as { nested: unknown }).nested,
      added: new Int32(1),
    });
    expect(Object.keys(back ?? {})).to.deep.equal(['_id', ...Object.keys(fields), 'added']);
  });

  it('puts _id first and makes one where none was given', async () => {
    await db.command({ insert: 'c', documents: [{ a: 1, _id: 5 }, { b: 1 }] });
    const docs = await c().find().sort({ _id: 1 }).toArray();
    expect(docs.map((doc) => Object.keys(doc))).to.deep.equal([
      ['_id', 'a'],
      ['_id', 'b'],
    ]);
    expect(docs[1]?._id).to.be.instanceOf(ObjectId);
    expect(await failure(c().insertOne({ _id: [1] }))).to.include({ code: 53 });
  });

  it('stops an ordered batch at the first error and finishes an unordered one', async () => {
    const batch = [{ _id: 1 }, { _id: 1 }, { _id: 2 }];
    const ordered = await failure(c().insertMany(batch));
    expect(ordered).to.include({ code: 11000 });
    expect(await c().countDocuments()).to.equal(1);
    const unordered = await failure(
      c().insertMany([{ _id: 1 }, { _id: 3 }, { _id: 3 }, { _id: 4 }], { ordered: false }),
    );
    const writeErrors = unordered['writeErrors'] as { index: number; code: number }[];
    expect(writeErrors.map(({ index, code }) => [index, code])).to.deep.equal([
      [0, 11000],
      [2, 11000],
    ]);
    expect(await c().countDocuments()).to.equal(3);
  });

  it('updates one and many, by operators, replacement and pipeline, and says how many', async () => {
    await c().insertMany([1, 2, 3].map((n) => ({ _id: n, n, list: [n, n * 2] })));
    expect(await c().updateMany({ n: { $gt: 1 } }, { $inc: { n: 10 }, $push: { list: 0 } })).to.include({
      matchedCount: 2,
      modifiedCount: 2,
    });
    expect(await c().updateOne({ _id: 2 }, { $set: { n: 12 } })).to.include({
      matchedCount: 1,
      modifiedCount: 0,
    });
    expect(await c().updateOne({ list: 3 }, { $set: { 'list.$': 'three' } })).to.include({
      modifiedCount: 1,
    });
    await c().updateOne({ _id: 3 }, [{ $set: { sum: { $add: ['$n', 1] } } }]);
    expect(await c().findOne({ _id: 3 })).to.deep.equal({ _id: 3, n: 13, list: ['three', 6, 0], sum: 14 });
    await c().replaceOne({ _id: 3 }, { other: true });
    expect(await c().findOne({ _id: 3 })).to.deep.equal({ _id: 3, other: true });
    expect(await failure(c().updateOne({ _id: 3 }, { $set: { _id: 4 } }))).to.include({ code: 66 });
    expect(await failure(c().updateOne({ _id: 1 }, { $inc: { list: 1 } }))).to.include({ code: 14 });
  });

  it('refuses a malformed update also where it finds nothing', async () => {
    const wrong = [{ $nope: { a: 1 } }, { $inc: { a: 'x' } }, [{ $match: {} }]];
    const codes = [];
    for (const update of wrong)
      codes.push((await failure(db.collection('none').updateMany({ a: 1 }, update as never))).code);
    expect(codes).to.deep.equal([9, 14, 72]);
    const tenth = { delete: 'none', deletes: [{ q: {}, limit: 10 }] };
    const { writeErrors } = await db.command(tenth);
    expect(writeErrors[0]).to.include({ code: 9 });
  });

  it('upserts from the filter, and reports the new id', async () => {
    const made = await c().updateOne(
      { _id: 'x', kind: 'a', n: { $gt: 1 } },
      { $set: { v: 1 }, $setOnInsert: { first: true } },
      { upsert: true },
    );
    expect(made).to.include({ upsertedId: 'x', upsertedCount: 1, matchedCount: 0 });
    expect(await c().findOne({ _id: 'x' })).to.deep.equal({ _id: 'x', kind: 'a', v: 1, first: true });
    await c().updateOne({ _id: 'x' }, { $set: { v: 2 }, $setOnInsert: { first: false } }, { upsert: true });
    expect(await c().findOne({ _id: 'x' })).to.include({ v: 2, first: true });
    expect((await c().replaceOne({ name: 'new' }, { v: 3 }, { upsert: true })).upsertedId).to.be.instanceOf(
      ObjectId,
    );
  });

  it('makes one document of many upserts at once', async () => {
    await c().createIndex({ key: 1 }, { unique: true });
    await Promise.all(
      Array.from({ length: 20 }, () => c().updateOne({ key: 'k' }, { $inc: { n: 1 } }, { upsert: true })),
    );
    expect(
      await c()
        .find()
        .map((doc) => doc['n'])
        .toArray(),
    ).to.deep.equal([20]);
  });

  it('finds and modifies: before, after, sorted, removed, upserted, projected', async () => {
    await c().insertMany([
      { _id: 1, n: 5 },
      { _id: 2, n: 3 },
    ]);
    expect(await c().findOneAndUpdate({}, { $inc: { n: 1 } }, { sort: { n: 1 } })).to.deep.equal({
      _id: 2,
      n: 3,
    });
    expect(
      await c().findOneAndUpdate(
        { _id: 2 },
        { $inc: { n: 1 } },
        { returnDocument: 'after', projection: { _id: 0 } },
      ),
    ).to.deep.equal({ n: 5 });
    expect(await c().findOneAndDelete({ _id: 1 })).to.deep.equal({ _id: 1, n: 5 });
    expect(
      await c().findOneAndReplace({ _id: 9 }, { n: 1 }, { upsert: true, returnDocument: 'after' }),
    ).to.deep.equal({ _id: 9, n: 1 });
    expect(await c().findOneAndUpdate({ _id: 404 }, { $set: { n: 1 } })).to.equal(null);
  });

  it('reads in batches, skips, limits, projects, and kills cursors', async () => {
    await c().insertMany(Array.from({ length: 250 }, (_, n) => ({ _id: n, n, big: 'x'.repeat(100) })));
    const found = await c()
      .find({ n: { $gte: 10 } }, { projection: { n: 1, _id: 0 }, batchSize: 7 })
      .sort({ n: -1 })
      .skip(5)
      .limit(100)
      .toArray();
    expect(found.map((doc) => doc['n'])).to.deep.equal(Array.from({ length: 100 }, (_, i) => 244 - i));
    expect(found[0]).to.deep.equal({ n: 244 });
    const cursor = c().find({}, { batchSize: 2 });
    await cursor.next();
    const id = cursor.id as InstanceType<typeof Long>;
    await cursor.close();
    expect(await failure(db.command({ getMore: id, collection: 'c' }))).to.include({ code: 43 });
  });

  it('sends more documents than one message can hold', async () => {
    const big = 'y'.repeat(1024 * 1024);
    for (let i = 0; i < 4; i++)
      await c().insertMany(Array.from({ length: 10 }, (_, k) => ({ _id: i * 10 + k, big })));
    expect(
      await c()
        .find()
        .map((doc) => (doc['big'] as string).length)
        .toArray(),
    ).to.deep.equal(Array.from({ length: 40 }, () => big.length));
    expect(
      await failure(
        db.command({ insert: 'c', documents: [{ _id: 'huge', a: big.repeat(9), b: big.repeat(9) }] }),
      ),
    ).to.have.property('code');
  });

  it('counts and lists different values', async () => {
    await c().createIndex({ area: 1 });
    await c().insertMany(
      Array.from({ length: 30 }, (_, n) => ({ area: `a${n % 3}`, tags: [n % 2, 'x'], deep: [{ v: n % 4 }] })),
    );
    expect(await c().countDocuments({ area: 'a1' })).to.equal(10);
    expect(await c().countDocuments({ area: 'a1' }, { skip: 3, limit: 5 })).to.equal(5);
    expect(await c().countDocuments({ area: 'none' })).to.equal(0);
    expect(await c().estimatedDocumentCount()).to.equal(30);
    expect(await c().distinct('tags', { area: 'a1' })).to.deep.equal([0, 1, 'x']);
    expect(await c().distinct('deep.v')).to.deep.equal([0, 1, 2, 3]);
  });

  it('aggregates with lookup, merges into another collection', async () => {
    await c().insertMany([
      { _id: 1, k: 'a', n: 1 },
      { _id: 2, k: 'b', n: 2 },
      { _id: 3, k: 'a', n: 3 },
    ]);
    await named('names').insertMany([
      { _id: 'a', name: 'Anna' },
      { _id: 'b', name: 'Bert' },
    ]);
    const joined = await c()
      .aggregate([
        { $match: { n: { $gt: 0 } } },
        { $group: { _id: '$k', n: { $sum: '$n' } } },
        { $lookup: { from: 'names', localField: '_id', foreignField: '_id', as: 'who' } },
        { $project: { n: 1, name: { $arrayElemAt: ['$who.name', 0] } } },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    expect(joined).to.deep.equal([
      { _id: 'a', n: 4, name: 'Anna' },
      { _id: 'b', n: 2, name: 'Bert' },
    ]);
    await c()
      .aggregate([{ $group: { _id: '$k', total: { $sum: '$n' } } }, { $merge: { into: 'names' } }])
      .toArray();
    expect(await named('names').findOne({ _id: 'a' })).to.deep.equal({
      _id: 'a',
      name: 'Anna',
      total: 4,
    });
  });

  it('takes variables from let, and says when a write concern asks for more nodes than there are', async () => {
    await c().insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    const above = { $expr: { $gt: ['$n', '$$least'] } };
    expect(
      await c()
        .find(above, { let: { least: { $add: [0, 1] } } })
        .toArray(),
    ).to.deep.equal([{ _id: 2, n: 2 }]);
    expect(await c().updateOne(above, { $set: { n: 0 } }, { let: { least: 1 } })).to.include({
      modifiedCount: 1,
    });
    const reply = await db.command({ insert: 'c', documents: [{ _id: 3 }], writeConcern: { w: 1 } });
    expect(reply).to.not.have.property('writeConcernError');
    const error = await failure(c().insertOne({ _id: 4 }, { writeConcern: { w: 3 } }));
    expect(error).to.include({ code: 100 });
    expect(await c().countDocuments()).to.equal(4);
    expect(await failure(c().insertOne({ _id: { $a: 1 } }))).to.include({ code: 52 });
  });

  it('lists collections and databases, creates and drops', async () => {
    await db.createCollection('one');
    await db.collection('two').insertOne({});
    expect(await failure(db.createCollection('one'))).to.include({ code: 48 });
    expect((await db.listCollections().toArray()).map((info) => info.name)).to.deep.equal(['one', 'two']);
    expect(await db.listCollections({ name: 'two' }, { nameOnly: true }).toArray()).to.have.length(1);
    expect((await db.admin().listDatabases()).databases.map((one) => one.name)).to.include('test');
    await db.collection('two').drop();
    expect(await db.collection('two').countDocuments()).to.equal(0);
    expect(await db.listCollections().toArray()).to.have.length(1);
    expect(await failure(db.collection('none').indexes())).to.include({ code: 26 });
  });
});
