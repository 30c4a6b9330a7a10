import { expect } from 'chai';
import mongoose from 'mongoose';
import { failure, open, type Opened } from './support/open.ts';

mongoose.set('transactionAsyncLocalStorage', true);

describe('embedded-db/mongoose', () => {
  let opened: Opened;
  let connection: mongoose.Connection;
  before(async () => {
    opened = await open();
    connection = await mongoose.createConnection(opened.server.uri, { dbName: 'school' }).asPromise();
    Training = connection.model<TrainingFields>('Training', schema);
  });
  after(async () => {
    await connection.close();
    await opened.close();
  });

  interface TrainingFields {
    _id: string;
    title: string;
    seats?: number;
    days?: string[];
    trainer?: { name: string; level: number };
  }
  const schema = new mongoose.Schema<TrainingFields>(
    {
      _id: String,
      title: { type: String, required: true },
      seats: Number,
      days: [String],
      trainer: { name: String, level: Number },
    },
    { timestamps: true, optimisticConcurrency: true },
  ).index({ title: 1 }, { unique: true });
  let Training: mongoose.Model<TrainingFields>;

  it('makes collections and indexes, saves, reads lean, updates and deletes', async () => {
    await Training.createCollection();
    await Training.createCollection();
    await Training.syncIndexes();
    const welding = new Training({
      _id: 't1',
      title: '焊工',
      seats: 20,
      days: ['2021-03-01'],
      trainer: { name: '王', level: 3 },
    });
    await welding.save();
    welding.set('seats', 25);
    welding.days?.push('2021-03-02');
    await welding.save();
    expect(await Training.findById('t1').lean()).to.deep.include({
      title: '焊工',
      seats: 25,
      days: ['2021-03-01', '2021-03-02'],
    });
    const changed = await Training.findOneAndUpdate(
      { _id: 't1', 'trainer.level': { $gte: 3 } },
      { $inc: { seats: -1 } },
      { returnDocument: 'after' },
    );
    expect(changed?.get('seats')).to.equal(24);
    expect(await failure(Training.create({ _id: 't2', title: '焊工' }))).to.include({ code: 11000 });
    expect(await Training.exists({ title: '焊工' })).to.deep.equal({ _id: 't1' });
    expect(await Training.distinct('days')).to.deep.equal(['2021-03-01', '2021-03-02']);
    expect((await Training.deleteOne({ _id: 't1' })).deletedCount).to.equal(1);
  });

  it('refuses to save a document that another one has changed since', async () => {
    await Training.create({ _id: 't3', title: '电工', seats: 1 });
    const [one, two] = await Promise.all([Training.findById('t3'), Training.findById('t3')]);
    one?.set('seats', 2);
    two?.set('seats', 3);
    await one?.save();
    expect((await failure((two ?? new Training()).save())).name).to.equal('VersionError');
  });

  it('runs everything inside connection.transaction in that transaction, without handing the session on', async () => {
    const error = await failure(
      connection.transaction(async () => {
        await Training.create({ _id: 't4', title: '钳工' });
        expect(await Training.countDocuments({ title: '钳工' })).to.equal(1);
        await Training.updateOne({ _id: 't4' }, { $set: { seats: 9 } });
        throw new Error('no');
      }),
    );
    expect(error.message).to.equal('no');
    expect(await Training.findById('t4')).to.equal(null);
    await connection.transaction(async () => {
      await Training.create(
        [
          { _id: 't4', title: '钳工' },
          { _id: 't5', title: '车工' },
        ],
        { ordered: true },
      );
      const found = await Training.find({ _id: { $in: ['t4', 't5'] } }).sort({ _id: 1 });
      expect(found.map((one) => one.id as string)).to.deep.equal(['t4', 't5']);
    });
    expect(await Training.countDocuments({ _id: { $in: ['t4', 't5'] } })).to.equal(2);
  });

  it('guards a rule over several documents by one shared document: exactly one of two wins, 50 times', async () => {
    const Seat = connection.model('Seat', new mongoose.Schema({ training: String, person: String }));
    await Seat.createCollection();
    for (let round = 0; round < 50; round++) {
      const id = `full ${round}`;
      await Training.create({ _id: id, title: id, seats: 1 });
      const enrol = (person: string): Promise<unknown> =>
        connection.transaction(async () => {
          await Training.updateOne({ _id: id }, { $inc: { __v: 1 } });
          if ((await Seat.countDocuments({ training: id })) >= 1) throw new Error('full');
          await Seat.create({ training: id, person });
        });
      const outcomes = await Promise.allSettled([enrol('a'), enrol('b')]);
      expect(outcomes.map((outcome) => outcome.status).sort()).to.deep.equal(['fulfilled', 'rejected']);
      expect(await Seat.countDocuments({ training: id })).to.equal(1);
    }
  });

  it('streams a cursor, writes in bulk and aggregates', async () => {
    await Training.deleteMany({});
    await Training.bulkWrite(
      Array.from({ length: 500 }, (_, i) => ({
        insertOne: { document: { _id: `b${i}`, title: `title ${i}`, seats: i % 10 } },
      })),
    );
    let seen = 0;
    for await (const one of Training.find().sort({ _id: 1 }).cursor({ batchSize: 50 })) if (one.id) seen += 1;
    expect(seen).to.equal(500);
    const result = await Training.bulkWrite([
      { updateMany: { filter: { seats: 3 }, update: { $set: { seats: 30 } } } },
      { deleteOne: { filter: { _id: 'b0' } } },
      { replaceOne: { filter: { _id: 'new' }, replacement: { title: 'new' }, upsert: true } },
    ]);
    expect(result).to.include({ modifiedCount: 50, deletedCount: 1, upsertedCount: 1 });
    const groups = await Training.aggregate<{ _id: number; n: number }>([
      { $match: { seats: { $type: 'number' } } },
      { $group: { _id: '$seats', n: { $sum: 1 } } },
      { $sort: { _id: -1 } },
    ]);
    expect(groups[0]).to.deep.equal({ _id: 30, n: 50 });
    expect(groups).to.have.length(10);
  });
});
