import { expect } from 'chai';
import { failure, open, type Db, type Opened } from './support/open.ts';

describe('embedded-db/$out and aggregations over the database', () => {
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
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
      { _id: 3, a: 2 },
    ] as never[]);
  });
  afterEach(async () => {
    expect((await opened.client.db('admin').command({ skillrollCheck: 1 }))['errors']).to.deep.equal([]);
    const names = (await db.listCollections().toArray()).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('tmp.'))).to.deep.equal([]);
  });

  const out = (...stages: object[]): Promise<unknown> => db.collection('rows').aggregate(stages).toArray();

  it('replaces the documents of a collection and keeps its indexes', async () => {
    await db.collection('kept').insertOne({ _id: 9, a: 9 } as never);
    await db.collection('kept').createIndex({ a: 1 }, { name: 'by_a' });
    expect(await out({ $match: { a: 2 } }, { $out: 'kept' })).to.deep.equal([]);
    expect(await db.collection('kept').find().sort({ _id: 1 }).toArray()).to.deep.equal([
      { _id: 2, a: 2 },
      { _id: 3, a: 2 },
    ]);
    expect((await db.collection('kept').indexes()).map(({ name }) => name)).to.deep.equal(['_id_', 'by_a']);
    expect(await db.collection('kept').find({ a: 2 }).hint('by_a').toArray()).to.have.length(2);
  });

  it('makes a new one, in another database too, from the collection it reads too', async () => {
    await out({ $out: { db: 'other', coll: 'made' } });
    expect(await opened.client.db('other').collection('made').countDocuments()).to.equal(3);
    await out({ $set: { a: 5 } }, { $out: 'rows' });
    expect(await db.collection('rows').distinct('a')).to.deep.equal([5]);
    await out({ $match: { a: 'none' } }, { $out: 'empty' });
    expect(await db.collection('empty').countDocuments()).to.equal(0);
  });

  it('leaves everything as it was where a document does not fit', async () => {
    await db.collection('kept').insertOne({ _id: 9, a: 9 } as never);
    await db.collection('kept').createIndex({ a: 1 }, { unique: true });
    expect(await failure(out({ $out: 'kept' }))).to.include({ code: 11000 });
    expect(await db.collection('kept').find().toArray()).to.deep.equal([{ _id: 9, a: 9 }]);
  });

  it('stands at the end, outside of transactions', async () => {
    expect(await failure(out({ $out: 'x' }, { $match: {} }))).to.include({ code: 40601 });
    const inside = { $unionWith: { coll: 'rows', pipeline: [{ $out: 'x' }] } };
    expect(await failure(out(inside))).to.include({ code: 51047 });
    expect(await failure(out({ $out: 5 }))).to.include({ code: 16990 });
    expect(await failure(out({ $out: { coll: 'x', more: 1 } }))).to.include({ code: 40415 });
    await opened.client.withSession(async (session) => {
      session.startTransaction();
      const pipeline = [{ $out: 'x' }];
      expect(await failure(db.collection('rows').aggregate(pipeline, { session }).toArray())).to.include({
        code: 263,
      });
      await session.abortTransaction();
    });
  });

  it('starts from written documents or from the sessions, and from nothing else', async () => {
    const documents = [{ $documents: [{ a: 1 }, { a: { $add: [1, 1] } }] }, { $match: { a: { $gt: 1 } } }];
    expect(await db.aggregate(documents).toArray()).to.deep.equal([{ a: 2 }]);
    const [session] = await db.aggregate([{ $listLocalSessions: {} }, { $limit: 1 }]).toArray();
    expect(session).to.have.property('lastUse').that.is.a('date');
    expect(await failure(db.aggregate([{ $match: {} }]).toArray())).to.include({ code: 73 });
    expect(await failure(db.aggregate([{ $documents: 5 }]).toArray())).to.include({ code: 5858203 });
    expect(await failure(out({ $documents: [] }))).to.include({ code: 73 });
  });
});
