import { expect } from 'chai';
import { failure, open, type Db, type Opened } from './support/open.ts';

describe('embedded-db/snapshot sessions', () => {
  let opened: Opened;
  let db: Db;
  before(async () => {
    opened = await open();
    db = opened.db;
  });
  after(() => opened.close());
  beforeEach(async () => {
    await db.dropDatabase();
    await db
      .collection('rows')
      .insertMany(Array.from({ length: 250 }, (_, _id) => ({ _id, a: 1 })) as never[]);
  });

  it('sees one state in every read, and in the later batches of a cursor', async () => {
    await opened.client.withSession({ snapshot: true }, async (session) => {
      const cursor = db.collection('rows').find({}, { session, batchSize: 100 });
      await cursor.next();
      await db.collection('rows').updateMany({}, { $set: { a: 2 } });
      await db.collection('rows').deleteOne({ _id: 249 } as never);
      const rest = await cursor.toArray();
      expect(rest).to.have.length(249);
      expect(rest.every((row) => row['a'] === 1)).to.equal(true);
      expect(await db.collection('rows').distinct('a', {}, { session })).to.deep.equal([1]);
      expect(await db.collection('rows').countDocuments({ a: 1 }, { session })).to.equal(250);
    });
    expect(await db.collection('rows').countDocuments({ a: 2 })).to.equal(249);
  });

  it('refuses to read a collection that was dropped, made or indexed since', async () => {
    await opened.client.withSession({ snapshot: true }, async (session) => {
      await db.collection('rows').findOne({}, { session });
      await db.collection('rows').createIndex({ a: 1 });
      expect(await failure(db.collection('rows').findOne({}, { session }))).to.include({ code: 246 });
      await db.collection('rows').drop();
      expect(await failure(db.collection('rows').findOne({}, { session }))).to.include({ code: 246 });
      await db.collection('new').insertOne({});
      expect(await failure(db.collection('new').findOne({}, { session }))).to.include({ code: 246 });
    });
  });

  it('fails a transaction as transient that reads a collection dropped since it began', async () => {
    await db.collection('kept').insertOne({});
    await opened.client.withSession(async (session) => {
      session.startTransaction();
      await db.collection('kept').findOne({}, { session });
      await db.collection('rows').drop();
      const error = await failure(db.collection('rows').findOne({}, { session }));
      expect(error).to.include({ code: 246 });
      expect((error as unknown as { errorLabels: string[] }).errorLabels).to.include(
        'TransientTransactionError',
      );
      await session.abortTransaction();
    });
  });

  it('knows no other times than those a read gave', async () => {
    const { Timestamp } = await import('bson');
    const readConcern = { level: 'snapshot', atClusterTime: new Timestamp({ t: 1, i: 1 }) };
    expect(await failure(db.command({ find: 'rows', readConcern }))).to.include({ code: 239 });
  });

  it('reads only', async () => {
    const readConcern = { level: 'snapshot' };
    const update = { update: 'rows', updates: [{ q: {}, u: { $set: { a: 3 } } }], readConcern };
    expect(await failure(db.command(update))).to.include({ code: 72 });
    const out = { aggregate: 'rows', pipeline: [{ $out: 'copy' }], cursor: {}, readConcern };
    expect(await failure(db.command(out))).to.include({ code: 72 });
    expect(await db.collection('rows').countDocuments({ a: 1 })).to.equal(250);
  });
});
