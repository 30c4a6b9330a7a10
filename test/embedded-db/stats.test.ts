import { expect } from 'chai';
import mongoose from 'mongoose';
import { failure, open, type Opened } from './support/open.ts';

const { BSON } = mongoose.mongo;

describe('embedded-db/commands/listing: statistics', () => {
  let opened: Opened;
  before(async () => {
    opened = await open();
  });
  after(() => opened.close());

  it('counts documents and their bytes, of one collection and of all', async () => {
    const { db } = opened;
    const documents = Array.from({ length: 2500 }, (_, index) => ({ _id: index, name: `person ${index}` }));
    const bytes = documents.reduce((sum, one) => sum + BSON.calculateObjectSize(one), 0);
    await db.collection<{ _id: number }>('people').insertMany(documents);
    await db.collection('people').createIndex({ name: 1 });
    await db.createCollection('empty');
    const people = await db.command({ collStats: 'people' });
    expect(people).to.include({ ns: 'test.people', count: 2500, size: bytes, nindexes: 2, capped: false });
    expect(people['avgObjSize']).to.equal(Math.floor(bytes / 2500));
    expect(people['indexSizes'].name_1).to.be.above(2500);
    expect(await db.command({ collStats: 'none' })).to.include({ count: 0, size: 0, nindexes: 0 });
    const [staged] = await db
      .collection('people')
      .aggregate([{ $collStats: { storageStats: { scale: 1 } } }])
      .toArray();
    expect(staged).to.include({ ns: 'test.people' });
    expect(staged!['storageStats']).to.include({ count: 2500, size: bytes, nindexes: 2, scaleFactor: 1 });
    const { databases, totalSize } = await db.admin().listDatabases();
    expect(databases).to.deep.equal([{ name: 'test', sizeOnDisk: totalSize, empty: false }]);
    expect(totalSize).to.be.above(bytes);
    expect((await db.admin().listDatabases({ nameOnly: true })).databases).to.deep.equal([{ name: 'test' }]);
  });

  it('refuses other statistics by name, and those of a collection that is not there', async () => {
    const stats = (name: string, ...pipeline: Record<string, unknown>[]) =>
      failure(opened.db.collection(name).aggregate(pipeline).toArray());
    expect(await stats('none', { $collStats: { storageStats: {} } })).to.include({ code: 26 });
    expect((await stats('people', { $collStats: { latencyStats: {} } })).message).to.include('latencyStats');
    expect(await stats('people', { $collStats: 1 })).to.include({ code: 5447000 });
    expect(await stats('people', { $match: {} }, { $collStats: { storageStats: {} } })).to.include({
      code: 115,
    });
  });
});
