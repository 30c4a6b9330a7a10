// An index is built while others read and write, and whoever started the server hears how far it is.
import { expect } from 'chai';
import type { BuildProgress } from '../../src/embedded-db/index.ts';
import { failure, open, type Opened } from './support/open.ts';

const COUNT = 20_000;

describe('embedded-db/indexes/build-index', function () {
  this.timeout(120_000);
  let opened: Opened;
  const told: BuildProgress[] = [];
  before(async () => {
    opened = await open({ progress: (build) => void told.push(build) });
    const people = opened.db.collection('people');
    for (let from = 0; from < COUNT; from += 5_000)
      await people.insertMany(
        Array.from({ length: 5_000 }, (_, at) => ({
          n: from + at,
          name: `person ${from + at}`,
          tags: ['a', 'b', String(at % 50)],
        })),
      );
  });
  after(() => opened.close());
  beforeEach(() => told.splice(0));

  it('reads and writes are answered while it goes on, and it holds what they wrote', async () => {
    const people = opened.db.collection('people');
    let building = true;
    const built = people.createIndex({ tags: 1, n: -1 }).finally(() => (building = false));
    let meanwhile = 0;
    while (building) {
      await people.insertOne({ n: COUNT + meanwhile, name: 'late', tags: ['late'] });
      await people.findOne({ n: 1 }, { hint: '_id_', maxTimeMS: 10_000 });
      if (building) meanwhile += 1;
    }
    await built;
    expect(meanwhile).to.be.above(0);
    expect(await people.countDocuments({ tags: 'late' }, { hint: 'tags_1_n_-1' })).to.be.within(
      meanwhile,
      meanwhile + 1,
    );
    expect((await opened.client.db('admin').command({ skillrollCheck: 1 }))['errors']).to.deep.equal([]);
  });

  it('tells how many documents it has read of how many, never fewer, and the whole at the end', async () => {
    await opened.db.collection('people').createIndex({ name: 1 });
    // What the worker thread tells comes by another way than its answer.
    while (told.at(-1)?.done !== told.at(-1)?.total) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(told.length).to.be.above(1);
    for (const [at, { collection, index, done, total }] of told.entries()) {
      expect({ collection, index }).to.deep.equal({ collection: 'test.people', index: 'name_1' });
      expect(done).to.be.within(told[at - 1]?.done ?? 1, total);
    }
    expect(told.at(-1)!.done).to.be.at.least(COUNT);
  });

  it('is silent over few documents, and leaves nothing of one that fails', async () => {
    const few = opened.db.collection('few');
    await few.insertMany([{ n: 1 }, { n: 1 }]);
    await few.createIndex({ m: 1 });
    expect(await failure(few.createIndex({ n: 1 }, { unique: true }))).to.include({ code: 11000 });
    expect((await few.indexes()).map(({ name }) => name)).to.deep.equal(['_id_', 'm_1']);
    await opened.db.command({ ping: 1 });
    expect(told).to.deep.equal([]);
  });
});
