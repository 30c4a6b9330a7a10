// What a sort and a group may hold: MongoDB's 100 MB, here less, so that little data shows it.
import { expect } from 'chai';
import { MEMORY_LIMIT } from '../../src/embedded-db/query/memory.ts';
import { failure, open, type Opened } from './support/open.ts';

const LIMIT = 200_000;
const COUNT = 2_000;

describe('embedded-db/memory', function () {
  this.timeout(60_000);
  let opened: Opened;
  before(async () => {
    opened = await open({ memoryLimit: LIMIT });
    const notes = opened.db.collection<{ _id: number }>('notes');
    await notes.insertMany(
      Array.from({ length: COUNT }, (_, at) => ({
        _id: at,
        rank: (at * 7919) % COUNT,
        text: 'x'.repeat(200),
      })),
    );
  });
  after(() => opened.close());

  const notes = () => opened.db.collection('notes');
  const SORT = `Sort exceeded memory limit of ${LIMIT} bytes, but did not opt in to external sorting.`;
  const GROUP = `Exceeded memory limit for $group, but didn't allow external sort.`;

  async function refused(promise: Promise<unknown>, wording: string): Promise<void> {
    const error = await failure(promise);
    expect(error).to.include({ code: 292, codeName: 'QueryExceededMemoryLimitNoDiskUseAllowed' });
    expect(error.message).to.include(wording);
    expect(error.message).to.include('allowDiskUse is not supported').and.include('MONGODB_URI');
  }

  it("is MongoDB's 100 MB where nobody says less", () => {
    expect(MEMORY_LIMIT).to.equal(104_857_600);
  });

  it('a sort beyond it ends with 292, in a find, a pipeline and between stages, also where the disk may be used', async () => {
    const sort = { rank: 1 } as const;
    await refused(notes().find().sort(sort).toArray(), SORT);
    await refused(notes().find().sort(sort).allowDiskUse(true).toArray(), SORT);
    await refused(
      notes()
        .aggregate([{ $sort: sort }])
        .toArray(),
      SORT,
    );
    const behind = [{ $set: { more: 1 } }, { $sort: sort }];
    await refused(notes().aggregate(behind, { allowDiskUse: true }).toArray(), SORT);
    await refused(notes().find().sort(sort).skip(1_500).limit(100).toArray(), SORT);
  });

  it('what it leaves room for is sorted: the first of many, few documents, and whatever an index has in order', async () => {
    const first = await notes().find().sort({ rank: 1 }).limit(20).toArray();
    expect(first.map((one) => one['rank'])).to.deep.equal([...Array(20).keys()]);
    const few = await notes()
      .aggregate([{ $match: { rank: { $lt: 500 } } }, { $sort: { rank: -1 } }])
      .toArray();
    expect(few.map((one) => one['rank'])).to.deep.equal([...Array(500).keys()].reverse());
    await notes().createIndex({ rank: 1 });
    const all = await notes().find().sort({ rank: 1 }).toArray();
    expect(all.map((one) => one['rank'])).to.deep.equal([...Array(COUNT).keys()]);
    await notes().dropIndex('rank_1');
  });

  it('a group beyond it ends with 292, by the number of its groups or by what they collect', async () => {
    const groups = (stage: Record<string, unknown>, allowDiskUse = false) =>
      notes().aggregate([stage], { allowDiskUse }).toArray();
    await refused(groups({ $group: { _id: '$_id', texts: { $sum: '$rank' } } }), GROUP);
    await refused(groups({ $group: { _id: null, texts: { $push: '$text' } } }, true), GROUP);
    const two = await groups({ $group: { _id: { $lt: ['$rank', 9] }, count: { $sum: 1 } } }, true);
    expect(two).to.have.length(2);
  });

  it('a pipeline written into a collection ends with 292 beyond it, and writes nothing', async () => {
    for (const stage of [{ $merge: { into: 'copies' } }, { $out: 'copies' }]) {
      const name = Object.keys(stage)[0]!;
      await refused(notes().aggregate([stage]).toArray(), `Exceeded memory limit for ${name}`);
      expect(await opened.db.collection('copies').countDocuments({})).to.equal(0);
      await notes()
        .aggregate([{ $match: { rank: { $lt: 300 } } }, stage])
        .toArray();
      expect(await opened.db.collection('copies').countDocuments({})).to.equal(300);
      await opened.db.collection('copies').drop();
    }
  });

  it('what open cursors have sorted and grouped is bounded together: the next one is refused with 146 until one is closed or read to its end', async () => {
    const sorted = () =>
      notes()
        .find({ rank: { $lt: 700 } })
        .sort({ rank: -1 })
        .batchSize(10);
    const grouped = () =>
      notes().aggregate(
        [
          { $match: { rank: { $lt: 700 } } },
          { $group: { _id: '$text', all: { $push: '$$ROOT' } } },
          { $unwind: '$all' },
        ],
        { batchSize: 10 },
      );
    const cursors = [sorted(), grouped(), sorted()];
    for (const cursor of cursors) expect(await cursor.next()).to.not.equal(null);
    for (const cursor of [sorted(), grouped()])
      expect(await failure(cursor.next())).to.include({ code: 146, codeName: 'ExceededMemoryLimit' });
    await cursors[0]!.close();
    expect(await sorted().toArray()).to.have.length(700);
    cursors[0] = sorted();
    expect(await cursors[0]!.next()).to.include({ rank: 699 });
    expect(await failure(sorted().toArray())).to.include({ code: 146 });
    for (const cursor of cursors) await cursor.close();
    for (const cursor of [grouped(), sorted(), grouped()]) expect(await cursor.toArray()).to.have.length(700);
  });

  it('different values are refused with 17217 where they do not fit one answer', async () => {
    const large = opened.db.collection('large');
    await large.insertMany(
      Array.from({ length: 17 }, (_, at) => ({ text: String(at % 16).padEnd(1_000_000, 'x') })),
    );
    expect(await large.distinct('text', { text: { $lt: '15' } })).to.have.length.above(5);
    await large.insertOne({ text: '16'.padEnd(1_000_000, 'x') });
    const error = await failure(large.distinct('text'));
    expect(error).to.include({ code: 17217 });
    expect(error.message).to.include('distinct too big');
  });

  it('the server goes on after each refusal', async () => {
    await refused(notes().find().sort({ rank: 1 }).toArray(), SORT);
    expect(await notes().countDocuments({})).to.equal(COUNT);
  });
});
