// Random commands that MongoDB's manual answers in one way only. Left out is what SecantusDB is known to answer otherwise
// (differences.ts): sorts by a path below an array, true and 1 as different values.
import fc from 'fast-check';
import { docOf, type Doc, type Value } from '../../src/embedded-db/query/bson.ts';
import { HERE, plainChanges, upsert, type Step } from '../embedded-db/differential/steps.ts';

export interface Game {
  readonly docs: readonly Doc[];
  readonly steps: readonly Step[];
}

const scalar: fc.Arbitrary<Value> = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 4 }) },
  { weight: 3, arbitrary: fc.constantFrom<Value>('a', 'ab', 'b', '', 'abc') },
  fc.constantFrom<Value>(null, 1.5, 3n, new Date(5), new Date(-5)),
);
const inner = fc
  .record({ x: scalar, y: scalar }, { requiredKeys: ['x'] })
  .map((fields): Value => docOf(Object.entries(fields)));
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  fc.constantFrom<Value>(true, false),
  { weight: 3, arbitrary: fc.array(fc.oneof({ weight: 3, arbitrary: scalar }, inner), { maxLength: 3 }) },
  { weight: 1, arbitrary: inner },
);
const document = fc
  .record({ a: value, b: scalar, c: value, n: fc.integer({ min: 0, max: 4 }) }, { requiredKeys: ['n'] })
  .map((fields): Doc => docOf(Object.entries(fields)));

const condition: fc.Arbitrary<Value> = fc.oneof(
  scalar,
  scalar.map((v): Value => ({ $eq: v })),
  fc
    .tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$ne'), scalar)
    .map(([op, v]): Value => ({ [op]: v })),
  fc.tuple(scalar, scalar).map(([low, high]): Value => ({ $gte: low, $lt: high })),
  fc.array(scalar, { maxLength: 4 }).map((list): Value => ({ $in: list })),
  fc.array(scalar, { maxLength: 3 }).map((list): Value => ({ $nin: list })),
  fc.constantFrom<Value>(
    { $exists: true },
    { $exists: false },
    { $regex: '^a' },
    { $regex: '^A', $options: 'i' },
    { $type: 'string' },
    { $type: ['number', 'null'] },
    { $type: 'array' },
  ),
  fc.tuple(scalar, scalar).map(([low, high]): Value => ({ $elemMatch: { $gte: low, $lte: high } })),
  fc.tuple(scalar, scalar).map(([x, y]): Value => ({ $elemMatch: { x, y } })),
  fc.tuple(fc.constantFrom('$gt', '$lt', '$eq'), scalar).map(([op, v]): Value => ({ $not: { [op]: v } })),
);
const path = fc.constantFrom('a', 'b', 'c', 'n', 'a.x', 'a.y', 'c.x', '_id');
const clause = fc.tuple(path, condition).map(([name, one]): Doc => ({ [name]: one }));
const clauses = fc.array(clause, { minLength: 1, maxLength: 3 });
const filter: fc.Arbitrary<Doc> = fc.oneof(
  fc.constant<Doc>({}),
  clause,
  clauses.map((parts) => Object.assign({}, ...parts) as Doc),
  fc.tuple(fc.constantFrom('$and', '$or', '$nor'), clauses).map(([op, parts]): Doc => ({ [op]: parts })),
  fc.tuple(clause, clauses).map(([one, parts]): Doc => ({ ...one, $or: parts })),
);
const direction = fc.constantFrom(1, -1);
const sort = fc
  .tuple(fc.constantFrom('a', 'b', 'c', 'n'), direction, direction)
  .map(([name, one, two]): Doc => ({ [name]: one, _id: two }));

const update: fc.Arbitrary<Value> = fc.oneof(
  { weight: 3, arbitrary: plainChanges(value, scalar) },
  fc.tuple(fc.constantFrom('$min', '$max'), fc.nat(4)).map(([op, v]): Value => ({ [op]: { n: v } })),
);
const id = fc.nat(20);
const statement = fc.oneof(
  fc.tuple(filter, update).map(([q, u]): Doc => ({ q, u, multi: true })),
  fc.tuple(id, update).map(([_id, u]): Doc => ({ q: { _id }, u })),
  fc.tuple(id, fc.constantFrom('$push', '$addToSet', '$pull'), scalar).map(([_id, op, v]): Doc => ({
    q: { _id, a: { $type: 'array' } },
    u: { [op]: { a: v } },
  })),
  upsert(scalar),
);
const grouped = fc.constantFrom('n', 'b').map((by): Doc[] => [
  {
    $group: {
      _id: `$${by}`,
      many: { $sum: 1 },
      total: { $sum: '$n' },
      least: { $min: '$n' },
      most: { $max: '$n' },
    },
  },
]);
const tail: fc.Arbitrary<Doc[]> = fc.oneof(
  grouped,
  fc.constantFrom<Doc[]>(
    [{ $unwind: '$a' }],
    [{ $set: { b: { $ifNull: ['$b', 'none'] } } }, { $unset: 'c' }],
    [
      {
        $lookup: {
          from: HERE,
          localField: 'n',
          foreignField: 'b',
          as: 'found',
          pipeline: [{ $sort: { _id: 1 } }],
        },
      },
      { $project: { found: 1 } },
    ],
  ),
  filter.map(($match): Doc[] => [{ $match }]),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ filter, sort: fc.option(sort), skip: fc.nat(3), limit: fc.nat(6) })
      .map(({ filter, sort, skip, limit }) => ({
        command: { find: HERE, filter, batchSize: 1000, ...(sort ? { sort, skip, limit } : {}) },
        ordered: sort !== null,
      })),
  },
  filter.map((query) => ({ command: { count: HERE, query }, ordered: true })),
  fc
    .tuple(filter, fc.constantFrom('n', 'b'))
    .map(([query, key]) => ({ command: { distinct: HERE, key, query }, ordered: true })),
  {
    weight: 3,
    arbitrary: fc.tuple(filter, tail).map(([$match, rest]) => ({
      command: { aggregate: HERE, pipeline: [{ $match }, ...rest], cursor: { batchSize: 1000 } },
      ordered: false,
    })),
  },
  {
    weight: 3,
    arbitrary: statement.map((one) => ({ command: { update: HERE, updates: [one] }, ordered: true })),
  },
  filter.map((q) => ({
    command: { delete: HERE, deletes: [{ q: { $and: [q, { _id: { $gte: 5 } }] }, limit: 0 }] },
    ordered: true,
  })),
  fc.tuple(filter, sort, update, fc.boolean()).map(([query, sort, update, after]) => ({
    command: { findAndModify: HERE, query, sort, update, new: after },
    ordered: true,
  })),
);

export const game: fc.Arbitrary<Game> = fc.record({
  docs: fc.array(document, { minLength: 1, maxLength: 20 }),
  steps: fc.array(step, { minLength: 1, maxLength: 80, size: 'max' }),
});
