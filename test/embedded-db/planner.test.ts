import { expect } from 'chai';
import fc from 'fast-check';
import { decode, docOf, encode, Double, type Doc, type Value } from '../../src/embedded-db/query/bson.ts';
import { failure, open, type Opened } from './support/open.ts';

// Few distinct values of many types, so that filters hit, ties are common and arrays meet scalars.
const scalar: fc.Arbitrary<Value> = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 4 }) },
  { weight: 3, arbitrary: fc.constantFrom<Value>('a', 'ab', 'b', '', 'abc') },
  fc.constantFrom<Value>(null, true, new Double(2), 1.5, 3n, NaN, new Date(5), new Date(-5)),
);
const element: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  fc.record({ x: scalar, y: scalar }).map((fields) => docOf(Object.entries(fields))),
);
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 8, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(element, { maxLength: 3 }) },
  { weight: 1, arbitrary: element },
);
const doc: fc.Arbitrary<Doc> = fc
  .record({ a: value, b: scalar, c: value }, { requiredKeys: [] })
  .map((fields) => docOf(Object.entries(fields)));

const comparison: fc.Arbitrary<Value> = fc.oneof(
  value,
  scalar.map((v) => ({ $eq: v })),
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), scalar).map(([op, v]) => ({ [op]: v })),
  fc.tuple(scalar, scalar).map(([low, high]) => ({ $gte: low, $lt: high })),
  fc.array(scalar, { maxLength: 4 }).map((list) => ({ $in: list })),
  fc.constantFrom<Value>(
    { $exists: true },
    { $exists: false },
    { $ne: 2 },
    { $regex: '^a' },
    { $regex: '^ab?' },
    { $size: 1 },
    { $nin: [1, null] },
  ),
  fc.tuple(scalar, scalar).map(([low, high]) => ({ $elemMatch: { $gte: low, $lte: high } })),
  fc.tuple(scalar, scalar).map(([x, y]) => ({ $elemMatch: { x, y } })),
);
const path = fc.constantFrom('a', 'b', 'c', 'a.x', 'a.y', 'c.x');
const clause = fc.tuple(path, comparison).map(([name, condition]): Doc => ({ [name]: condition }));
const filter: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 3, arbitrary: clause },
  {
    weight: 4,
    arbitrary: fc.array(clause, { maxLength: 3 }).map((parts) => Object.assign({}, ...parts) as Doc),
  },
  {
    weight: 2,
    arbitrary: fc.array(clause, { minLength: 1, maxLength: 3 }).map((parts) => ({ $and: parts })),
  },
  { weight: 2, arbitrary: fc.array(clause, { minLength: 1, maxLength: 3 }).map((parts) => ({ $or: parts })) },
);
const direction = fc.constantFrom(1, -1);
// Sorting by two arrays of one document is an error in MongoDB: only `b`, which is never one, stands beside another path.
const sortPaths = fc.oneof(
  path.map((name) => [name]),
  path.map((name) => [name, 'b']),
  path.map((name) => ['b', name]),
);
const sort = sortPaths.chain((paths) =>
  fc
    .tuple(direction, direction)
    .map((order) => Object.fromEntries(paths.map((name, i) => [name, order[i] ?? 1]))),
);
const indexKeys = ['a', 'b', 'c', 'a.x'];
const indexes = fc.uniqueArray(
  fc
    .uniqueArray(fc.constantFrom(...indexKeys), { minLength: 1, maxLength: 3 })
    .chain((paths) =>
      fc
        .tuple(...paths.map(() => direction))
        .map((order) => paths.map((name, i) => [name, order[i] ?? 1] as const)),
    ),
  { minLength: 1, maxLength: 4, selector: (key) => JSON.stringify(key) },
);

// The driver must not touch the types: documents go over the wire as our own codec writes them.
const plain = (doc: Doc): Doc => decode(encode(doc));

describe('embedded-db/planner', () => {
  let opened: Opened;
  before(async () => {
    opened = await open();
  });
  after(() => opened.close());

  it('answers the same with indexes as without, in and outside transactions', async function () {
    this.timeout(60_000);
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(doc, { minLength: 1, maxLength: 25 }),
        indexes,
        fc.array(fc.record({ filter, sort: fc.option(sort), skip: fc.nat(3), limit: fc.nat(6) }), {
          minLength: 10,
          maxLength: 10,
        }),
        async (docs, keys, queries) => {
          round += 1;
          const bare = opened.db.collection(`bare${round}`);
          const indexed = opened.db.collection(`indexed${round}`);
          const stored = docs.map((fields, _id) => ({ _id, ...plain(fields) }));
          for (const one of stored) {
            try {
              if (one._id === 0)
                await Promise.all(keys.map((key) => indexed.createIndex(Object.fromEntries(key))));
              await indexed.insertOne(one as never);
            } catch (error) {
              // Two arrays side by side cannot be indexed together; such a document is in neither collection.
              if ((error as { code?: number }).code === 171) continue;
              throw error;
            }
            await bare.insertOne(one as never);
          }
          for (const query of queries) await compare(bare, indexed, query);
          await opened.client.withSession(async (session) => {
            session.startTransaction();
            for (const collection of [bare, indexed]) {
              await collection.deleteMany({ _id: { $mod: [3, 0] } } as never, { session });
              await collection.updateMany(
                { _id: { $mod: [3, 1] } } as never,
                { $set: { b: 3 } },
                { session },
              );
            }
            for (const query of queries) await compare(bare, indexed, query, session);
            await session.abortTransaction();
          });
          await Promise.all([bare.drop(), indexed.drop()]);
        },
      ),
      { numRuns: Number(process.env['EMBEDDED_DB_RUNS'] ?? 25) },
    );
  });

  type Collection = ReturnType<Opened['db']['collection']>;
  interface Query {
    filter: Doc;
    sort: Record<string, number> | null;
    skip: number;
    limit: number;
  }

  async function compare(
    bare: Collection,
    indexed: Collection,
    query: Query,
    session?: unknown,
  ): Promise<void> {
    const options = { ...(session ? { session } : {}), promoteValues: false } as never;
    const filter = query.filter as never;
    const ids = async (
      collection: Collection,
      find: (c: Collection) => { toArray(): Promise<unknown[]> },
    ): Promise<string[]> =>
      (await find(collection).toArray()).map((one) => String((one as { _id: unknown })._id));
    const order = { ...query.sort, _id: 1 } as never;
    const sorted = (c: Collection) => c.find(filter, options).sort(order).skip(query.skip).limit(query.limit);
    expect(await ids(indexed, sorted)).to.deep.equal(await ids(bare, sorted));
    const all = (await ids(indexed, (c) => c.find(filter, options))).sort();
    expect(all).to.deep.equal((await ids(bare, (c) => c.find(filter, options))).sort());
    expect(await indexed.countDocuments(filter, session ? ({ session } as never) : {})).to.equal(all.length);
  }

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
