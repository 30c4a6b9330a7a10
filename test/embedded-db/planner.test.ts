import { expect } from 'chai';
import { failure, open, type Opened } from './support/open.ts';

describe('embedded-db/planner', () => {
  let opened: Opened;
  before(async () => {
    opened = await open();
  });
  after(() => opened.close());

  it('shows its plan, and uses what the query allows', async () => {
    const c = opened.db.collection('plans');
    await c.createIndex({ area: 1, day: -1 });
    await c.createIndex(
      { code: 1 },
      { unique: true, partialFilterExpression: { code: { $type: 'string' } } },
    );
    await c.createIndex({ mail: 1 }, { sparse: true });
    await c.insertMany(
      Array.from({ length: 300 }, (_, i) => ({
        area: i % 7,
        day: `2021-01-${i % 28}`,
        code: `c${i}`,
        mail: i % 2 ? `m${i}` : undefined,
      })),
    );
    const plan = async (filter: object, sort: object = {}): Promise<string> => {
      const { queryPlanner } = (await c
        .find(filter)
        .sort(sort as never)
        .explain()) as { queryPlanner: { winningPlan: Stage } };
      return describeStage(queryPlanner.winningPlan);
    };
    expect(await plan({ _id: 1 })).to.equal('IDHACK');
    expect(await plan({})).to.equal('COLLSCAN');
    expect(await plan({}, { _id: -1 })).to.equal('IXSCAN _id_ backward');
    expect(await plan({ area: 3 })).to.equal('IXSCAN area_1_day_-1 forward');
    expect(await plan({ area: 3 }, { day: -1 })).to.equal('IXSCAN area_1_day_-1 forward');
    expect(await plan({ area: 3 }, { day: 1 })).to.equal('IXSCAN area_1_day_-1 backward');
    expect(await plan({ area: { $in: [1, 2] } }, { day: 1 })).to.equal('IXSCAN area_1_day_-1 backward');
    expect(await plan({ area: { $gt: 1 } }, { day: 1 })).to.equal('SORT IXSCAN area_1_day_-1 forward');
    expect(await plan({ day: 'x' })).to.equal('COLLSCAN');
    expect(await plan({ code: 'c5' })).to.equal('IXSCAN code_1 forward');
    expect(await plan({ code: 5 })).to.equal('COLLSCAN');
    expect(await plan({ mail: 'm1' })).to.equal('IXSCAN mail_1 forward');
    expect(await plan({ mail: null })).to.equal('COLLSCAN');
    expect(await plan({ $or: [{ area: 1 }, { code: 'c1' }] })).to.equal(
      'OR IXSCAN area_1_day_-1 forward IXSCAN code_1 forward',
    );
    expect(await plan({ $or: [{ area: 1 }, { other: 1 }] })).to.equal('COLLSCAN');
  });

  it('counts several filters in one pipeline, each by its index, as they are counted one by one', async () => {
    const c = opened.db.collection('tabs');
    await c.createIndex({ status: 1, day: 1 });
    await c.insertMany(
      Array.from({ length: 90 }, (_, i) => ({ status: ['a', 'b', 'c'][i % 3], day: i, big: i % 10 === 0 })),
    );
    const filters = [
      {},
      { status: 'a' },
      { status: 'b', day: { $gte: 30 } },
      { status: 'none' },
      { big: true },
    ];
    const branches = filters.map((filter, at) => [{ $match: filter }, { $count: 'n' }, { $set: { at } }]);
    const stages = [
      ...branches[0]!,
      ...branches.slice(1).map((pipeline) => ({ $unionWith: { coll: 'tabs', pipeline } })),
    ];
    const expected: { n: number; at: number }[] = [];
    for (const [at, filter] of filters.entries()) {
      const n = await c.countDocuments(filter);
      if (n > 0) expected.push({ n, at });
    }
    expect(expected.map(({ at }) => at)).to.deep.equal([0, 1, 2, 4]);
    expect(await c.aggregate(stages).toArray()).to.deep.equal(expected);
    const other = [
      { $match: { status: 'a' } },
      { $project: { _id: 0, day: 1 } },
      { $limit: 1 },
      {
        $unionWith: {
          coll: 'tabs',
          pipeline: [
            { $match: { status: 'c' } },
            { $sort: { day: -1 } },
            { $limit: 2 },
            { $project: { _id: 0, day: 1 } },
          ],
        },
      },
    ];
    expect((await c.aggregate(other).toArray()).map(({ day }) => day as number)).to.deep.equal([0, 89, 86]);
    const wrong = { $unionWith: { coll: 'tabs', pipeline: [{ $match: { status: 'a' } }, { $nonsense: 1 }] } };
    expect(await failure(c.aggregate([wrong]).toArray())).to.include({ code: 40324 });
  });

  it('does not look an element of an array up by its place, which a filter also takes for a name', async () => {
    const c = opened.db.collection('places');
    await c.createIndex({ 'a.0': 1 });
    await c.insertMany([{ a: [{ x: 0 }] }, { a: [null] }, { b: 1 }, { a: [1] }] as never[]);
    expect(await c.countDocuments({ 'a.0': null })).to.equal(3);
    expect(await c.countDocuments({ 'a.0': 1 })).to.equal(1);
  });

  it('takes the natural order for that of _id, forwards and backwards', async () => {
    const c = opened.db.collection<{ _id: number }>('natural');
    await c.insertMany([{ _id: 2 }, { _id: 3 }, { _id: 1 }]);
    const ids = async (cursor: { toArray(): Promise<{ _id: number }[]> }): Promise<number[]> =>
      (await cursor.toArray()).map(({ _id }) => _id);
    expect(await ids(c.find().sort({ $natural: -1 }))).to.deep.equal([3, 2, 1]);
    expect(await ids(c.find().hint({ $natural: -1 }))).to.deep.equal([3, 2, 1]);
    expect(
      await ids(
        c
          .find({ _id: { $gt: 1 } })
          .sort({ $natural: 1 })
          .limit(1),
      ),
    ).to.deep.equal([2]);
  });

  it('takes a hint by name or key, and refuses one that names nothing', async () => {
    const c = opened.db.collection('hints');
    await c.createIndex({ a: 1 });
    await c.insertMany([{ a: 1 }, { a: 2 }]);
    expect(await c.find({}).hint('a_1').toArray()).to.have.length(2);
    expect(await c.find({ a: 2 }).hint({ _id: 1 }).toArray()).to.have.length(1);
    expect(await failure(c.find({}).hint('b_1').toArray())).to.include({ code: 2 });
  });
});

interface Stage {
  stage: string;
  indexName?: string;
  direction?: string;
  inputStage?: Stage;
  inputStages?: Stage[];
}

function describeStage({ stage, indexName, direction, inputStage, inputStages = [] }: Stage): string {
  const own =
    stage === 'FETCH' ? [] : [[stage, indexName, direction].filter((part) => part !== undefined).join(' ')];
  const below = [...(inputStage ? [inputStage] : []), ...inputStages].map(describeStage);
  return [...own, ...below].join(' ');
}
