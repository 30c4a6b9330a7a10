import { Binary } from 'bson';
import { expect } from 'chai';
import { failure, open, type Db, type Opened } from './support/open.ts';
import { wireClient } from './support/wire-client.ts';

describe('embedded-db/transactions', () => {
  let opened: Opened;
  let db: Db;
  before(async () => {
    opened = await open();
    db = opened.db;
  });
  after(() => opened.close());
  beforeEach(async () => {
    await db.dropDatabase();
    await db.collection('accounts').createIndex({ owner: 1 }, { unique: true });
    await db.collection('accounts').insertMany([
      { _id: 'a', owner: 'Ann', sum: 100 },
      { _id: 'b', owner: 'Bob', sum: 0 },
    ] as never[]);
  });
  afterEach(async () => {
    expect((await opened.client.db('admin').command({ skillrollCheck: 1 }))['errors']).to.deep.equal([]);
  });

  const accounts = () => db.collection<{ _id: string; owner?: string; sum?: number }>('accounts');

  it('commits all or nothing', async () => {
    await opened.client.withSession((session) =>
      session.withTransaction(async () => {
        await accounts().updateOne({ _id: 'a' }, { $inc: { sum: -30 } }, { session });
        await accounts().updateOne({ _id: 'b' }, { $inc: { sum: 30 } }, { session });
      }),
    );
    expect(
      await accounts()
        .find()
        .sort({ _id: 1 })
        .map((one) => one.sum)
        .toArray(),
    ).to.deep.equal([70, 30]);
    const error = await failure(
      opened.client.withSession((session) =>
        session.withTransaction(async () => {
          await accounts().updateOne({ _id: 'a' }, { $inc: { sum: -30 } }, { session });
          throw new Error('changed my mind');
        }),
      ),
    );
    expect(error.message).to.equal('changed my mind');
    expect(await accounts().findOne({ _id: 'a' })).to.include({ sum: 70 });
  });

  it('sees its own writes in reads, index scans, counts and aggregations, and nobody else does', async () => {
    await opened.client.withSession(async (session) => {
      session.startTransaction();
      await accounts().insertOne({ _id: 'c', owner: 'Cid', sum: 5 }, { session });
      await accounts().updateOne({ owner: 'Ann' }, { $set: { owner: 'Zoe' } }, { session });
      await accounts().deleteOne({ _id: 'b' }, { session });
      const owners = accounts()
        .find({ owner: { $gte: 'A' } }, { session })
        .sort({ owner: 1 });
      expect(await owners.map((one) => one.owner).toArray()).to.deep.equal(['Cid', 'Zoe']);
      expect(await accounts().countDocuments({ owner: { $gt: 'B' } }, { session })).to.equal(2);
      const [total] = await accounts()
        .aggregate([{ $group: { _id: null, sum: { $sum: '$sum' } } }], { session })
        .toArray();
      expect(total).to.include({ sum: 105 });
      expect(await accounts().countDocuments()).to.equal(2);
      expect(await accounts().findOne({ owner: 'Zoe' })).to.equal(null);
      await session.commitTransaction();
      expect(await accounts().countDocuments({ owner: { $in: ['Zoe', 'Cid'] } })).to.equal(2);
    });
  });

  it('reads from one moment, whatever is committed meanwhile', async () => {
    await opened.client.withSession(async (session) => {
      session.startTransaction();
      expect(await accounts().findOne({ _id: 'a' }, { session })).to.include({ sum: 100 });
      await accounts().updateOne({ _id: 'a' }, { $set: { sum: 1 } });
      await accounts().insertOne({ _id: 'd', owner: 'Dan' });
      expect(await accounts().findOne({ _id: 'a' }, { session })).to.include({ sum: 100 });
      expect(await accounts().countDocuments({}, { session })).to.equal(2);
      await session.abortTransaction();
    });
  });

  it('lets the first writer win: the second gets a transient write conflict', async () => {
    await opened.client.withSession((one) =>
      opened.client.withSession(async (two) => {
        one.startTransaction();
        two.startTransaction();
        await accounts().updateOne({ _id: 'a' }, { $inc: { sum: 1 } }, { session: one });
        const error = await failure(
          accounts().updateOne({ _id: 'a' }, { $inc: { sum: 1 } }, { session: two }),
        );
        expect(error).to.include({ code: 112, codeName: 'WriteConflict' });
        expect(
          (error as unknown as { hasErrorLabel(label: string): boolean }).hasErrorLabel(
            'TransientTransactionError',
          ),
        ).to.equal(true);
        await one.commitTransaction();
        await two.abortTransaction();
        two.startTransaction();
        await accounts().updateOne({ _id: 'a' }, { $inc: { sum: 1 } }, { session: two });
        await two.commitTransaction();
        expect(await accounts().findOne({ _id: 'a' })).to.include({ sum: 102 });
      }),
    );
  });

  it('conflicts with a write committed after its snapshot, also of a unique key', async () => {
    await opened.client.withSession(async (session) => {
      session.startTransaction();
      await accounts().findOne({ _id: 'a' }, { session });
      await accounts().updateOne({ _id: 'a' }, { $inc: { sum: 1 } });
      expect(await failure(accounts().deleteOne({ _id: 'a' }, { session }))).to.include({ code: 112 });
      await session.abortTransaction();
      session.startTransaction();
      await accounts().findOne({ _id: 'a' }, { session });
      await accounts().insertOne({ _id: 'e', owner: 'Eve' });
      expect(await failure(accounts().insertOne({ _id: 'f', owner: 'Eve' }, { session }))).to.include({
        code: 112,
      });
    });
    expect(await accounts().countDocuments({ owner: 'Eve' })).to.equal(1);
  });

  it('refuses a duplicate of what its snapshot shows, and ends', async () => {
    await opened.client.withSession(async (session) => {
      session.startTransaction();
      expect(await failure(accounts().insertOne({ _id: 'g', owner: 'Ann' }, { session }))).to.include({
        code: 11000,
      });
      expect(await failure(accounts().findOne({}, { session }))).to.include({ code: 251 });
      await session.abortTransaction();
    });
  });

  it('makes a plain write wait until the transaction is over', async () => {
    await opened.client.withSession(async (session) => {
      session.startTransaction();
      await accounts().updateOne({ _id: 'a' }, { $inc: { sum: 1 } }, { session });
      await accounts().insertOne({ _id: 'h', owner: 'Hal' }, { session });
      const order: string[] = [];
      const update = accounts()
        .updateOne({ _id: 'a' }, [{ $set: { sum: { $add: ['$sum', '$sum'] } } }])
        .then(() => order.push('update'));
      const insert = failure(accounts().insertOne({ _id: 'i', owner: 'Hal' })).then((error) =>
        order.push(`insert ${String(error['code'])}`),
      );
      await accounts().updateOne({ _id: 'b' }, { $set: { sum: 9 } });
      order.push('commit');
      await session.commitTransaction();
      await Promise.all([update, insert]);
      expect(order[0]).to.equal('commit');
      expect(order).to.have.members(['commit', 'update', 'insert 11000']);
    });
    expect(await accounts().findOne({ _id: 'a' })).to.include({ sum: 202 });
  });

  it('counts right when 16 transactions change one document at once', async () => {
    await Promise.all(
      Array.from({ length: 16 }, () =>
        opened.client.withSession((session) =>
          session.withTransaction(async () => {
            const one = await accounts().findOne({ _id: 'b' }, { session });
            await accounts().updateOne({ _id: 'b' }, { $set: { sum: (one?.sum ?? 0) + 1 } }, { session });
          }),
        ),
      ),
    );
    expect(await accounts().findOne({ _id: 'b' })).to.include({ sum: 16 });
  });

  it('lets one of two insert a unique key, repeated 50 times', async () => {
    for (let round = 0; round < 50; round++) {
      const attempt = (id: string): Promise<unknown> =>
        opened.client.withSession((session) =>
          session.withTransaction(() =>
            accounts().insertOne({ _id: `${id}${round}`, owner: `round ${round}` }, { session }),
          ),
        );
      const outcomes = await Promise.allSettled([attempt('x'), attempt('y')]);
      expect(outcomes.map((outcome) => outcome.status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    }
  });

  it('refuses collections and indexes to be made inside', async () => {
    await opened.client.withSession(async (session) => {
      for (const attempt of [
        () => db.createCollection('new', { session }),
        () => accounts().createIndex({ sum: 1 }, { session }),
      ]) {
        session.startTransaction();
        expect(await failure(attempt())).to.include({ code: 263 });
        await session.abortTransaction();
      }
    });
  });

  it('shows a collection that a write made inside to nobody before commit, and leaves none after abort', async () => {
    const exists = async (): Promise<boolean> =>
      (await db.listCollections({ name: 'made' }).toArray()).length > 0;
    for (const end of ['abortTransaction', 'commitTransaction'] as const) {
      await opened.client.withSession(async (session) => {
        session.startTransaction();
        await db.collection('made').insertOne({ a: 1 }, { session });
        expect(await db.collection('made').countDocuments({ a: 1 }, { session })).to.equal(1);
        expect(await exists()).to.equal(false);
        await session[end]();
      });
      expect(await exists()).to.equal(end === 'commitTransaction');
    }
    expect(
      await db
        .collection('made')
        .find()
        .map((doc) => doc['a'])
        .toArray(),
    ).to.deep.equal([1]);
  });

  it('fails a transaction whose collection got an index or was dropped meanwhile, so that it runs again', async () => {
    for (const meanwhile of [() => accounts().createIndex({ sum: 1 }), () => accounts().drop()]) {
      await opened.client.withSession(async (session) => {
        session.startTransaction();
        await accounts().updateOne({ _id: 'a' }, { $inc: { sum: 1 } }, { session });
        await meanwhile();
        const error = await failure(session.commitTransaction());
        expect(
          (error as unknown as { hasErrorLabel(label: string): boolean }).hasErrorLabel(
            'TransientTransactionError',
          ),
        ).to.equal(true);
      });
    }
  });

  it('leaves alone a transaction that begins while the one before it is being committed', async () => {
    const [one, other] = [wireClient(opened.server.uri), wireClient(opened.server.uri)];
    const lsid = { id: new Binary(Buffer.alloc(16, 9), 4) };
    let overtaken = 0;
    await db.createCollection('overtaken');
    for (let number = 1; number < 40; number += 2) {
      const of = (txnNumber: number) => ({ lsid, txnNumber: BigInt(txnNumber), autocommit: false });
      const insert = (txnNumber: number) => ({
        insert: 'overtaken',
        documents: [{ _id: txnNumber }],
        ...of(txnNumber),
        startTransaction: true,
        $db: 'test',
      });
      const commit = (txnNumber: number) => ({ commitTransaction: 1, ...of(txnNumber), $db: 'admin' });
      await one.command(insert(number));
      const [first, second] = await Promise.all([
        one.command(commit(number)),
        other.command(insert(number + 1)),
      ]);
      if (first['ok'] === 1 && second['ok'] === 1) overtaken += 1;
      expect(second['ok']).to.equal(1);
      expect((await other.command(commit(number + 1)))['ok']).to.equal(1);
      expect(
        await db.collection('overtaken').countDocuments({ _id: { $in: [number, number + 1] } as never }),
      ).to.equal(first['ok'] === 1 ? 2 : 1);
    }
    expect(overtaken).to.be.above(0);
    one.close();
    other.close();
  });

  it('answers a commit that is repeated, and keeps a cursor within its transaction', async () => {
    await accounts().insertMany(Array.from({ length: 300 }, (_, i) => ({ _id: `n${i}`, owner: `n${i}` })));
    await opened.client.withSession(async (session) => {
      session.startTransaction();
      const cursor = accounts().find({}, { session, batchSize: 10 });
      await cursor.next();
      await accounts().insertOne({ _id: 'z', owner: 'z' }, { session });
      expect((await cursor.toArray()).length).to.be.within(300, 302);
      await session.commitTransaction();
      await session.commitTransaction();
    });
    expect(await accounts().countDocuments()).to.equal(303);
  });
});
