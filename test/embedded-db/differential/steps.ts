// Random commands whose answer is defined whatever way the server finds the documents.
import fc from 'fast-check';
import type { Doc, Value } from '../../../src/embedded-db/query/bson.ts';
import { filter, path, scalar, sort, value } from './values.ts';

export interface Step {
  readonly command: Doc;
  /** Whether the order of what comes back is part of the answer. */
  readonly ordered: boolean;
}

/** Stands for the name of the collection. */
export const HERE = '$here';

const reading = (command: Doc, ordered: boolean): Step => ({ command, ordered });

const find = fc
  .record({ filter, sort: fc.option(sort), skip: fc.nat(3), limit: fc.nat(6), project: fc.boolean() })
  .map(({ filter, sort, skip, limit, project }) =>
    reading(
      {
        find: HERE,
        filter,
        batchSize: 1000,
        ...(sort ? { sort, skip, limit } : {}),
        ...(project ? { projection: { a: 1, n: 1 } as Doc } : {}),
      },
      sort !== null,
    ),
  );
const count = filter.map((query) => reading({ count: HERE, query }, true));
const distinct = fc.tuple(filter, path).map(([query, key]) => reading({ distinct: HERE, key, query }, true));

const groups = fc.tuple(path, path).map(([by, of]): Doc => ({
  $group: {
    _id: `$${by}`,
    many: { $sum: 1 },
    total: { $sum: '$n' },
    least: { $min: `$${of}` },
    most: { $max: `$${of}` },
  },
}));
const ranked = fc
  .tuple(sort, path)
  .map(([by, of]): Doc[] => [
    { $sort: by },
    { $group: { _id: '$n', first: { $first: `$${of}` }, all: { $push: `$${of}` } } },
  ]);
const shaped: fc.Arbitrary<Doc[]> = fc.constantFrom<Doc[]>(
  [{ $project: { a: 1, twice: { $add: ['$n', '$n'] } } }],
  [{ $set: { b: { $ifNull: ['$a', 'none'] } } }, { $unset: 'c' }],
  [{ $unwind: '$a' }],
  [{ $unwind: { path: '$a', preserveNullAndEmptyArrays: true, includeArrayIndex: 'at' } }],
  [{ $count: 'many' }],
  [{ $group: { _id: '$b', many: { $sum: 1 } } }],
);
const looked = fc
  .tuple(path, path)
  .map(([localField, foreignField]): Doc[] => [
    { $lookup: { from: HERE, localField, foreignField, as: 'found', pipeline: [{ $sort: { _id: 1 } }] } },
  ]);
const correlated = fc.tuple(path, path, filter).map(([local, foreign, beside]): Doc[] => [
  {
    $lookup: {
      from: HERE,
      let: { v: `$${local}` },
      pipeline: [
        { $match: { ...beside, $expr: { $eq: [`$${foreign}`, '$$v'] } } },
        { $sort: { _id: 1 } },
        { $project: { n: 1 } },
      ],
      as: 'found',
    },
  },
]);
const united = filter.map(($match): Doc[] => [
  { $unionWith: { coll: HERE, pipeline: [{ $match }] } },
  { $group: { _id: '$n', many: { $sum: 1 } } },
]);
const tail: fc.Arbitrary<Doc[]> = fc.oneof(
  groups.map((group) => [group]),
  ranked,
  shaped,
  looked,
  correlated,
  united,
  fc.tuple(shaped, groups).map(([before, group]) => [...before.slice(0, 1), group]),
  filter.map(($match) => [{ $match }]),
);
const pipeline = fc.tuple(filter, fc.option(fc.tuple(sort, fc.nat(5))), tail).map(([$match, window, rest]) =>
  reading(
    {
      aggregate: HERE,
      pipeline: [{ $match }, ...(window ? [{ $sort: window[0] }, { $limit: window[1] + 1 }] : []), ...rest],
      cursor: { batchSize: 1000 },
    },
    false,
  ),
);

/** Changes that no document refuses, with values of those kinds. */
export const plainChanges = (
  anything: fc.Arbitrary<Value>,
  single: fc.Arbitrary<Value>,
): fc.Arbitrary<Value> =>
  fc.oneof(
    fc.tuple(fc.constantFrom('a', 'c'), anything).map(([name, v]): Value => ({ $set: { [name]: v } })),
    single.map((v): Value => ({ $set: { b: v } })),
    fc.constantFrom<Value>(
      { $inc: { n: 1 } },
      { $inc: { n: -2 } },
      { $unset: { a: 1 } },
      { $unset: { b: 1, c: 1 } },
    ),
  );

/** An update that makes the document where there is none, with a value of that kind. */
export const upsert = (single: fc.Arbitrary<Value>): fc.Arbitrary<Doc> =>
  fc
    .tuple(fc.nat(20), fc.nat(4), single)
    .map(([_id, n, b]): Doc => ({ q: { _id, n }, u: { $set: { b } }, upsert: true }));

// Changes of many documents, none of which may fail: where one fails half way, the rest depends on the order.
const safe: fc.Arbitrary<Value> = fc.oneof(
  { weight: 3, arbitrary: plainChanges(value, scalar) },
  fc.constantFrom<Value>([{ $set: { b: '$n' } }], [{ $set: { a: ['$n', '$b'] } }], [{ $unset: 'c' }]),
  fc.tuple(fc.constantFrom('$min', '$max'), scalar).map(([op, v]): Value => ({ [op]: { b: v } })),
);
// Changes of one document found by its `_id`, which may fail.
const any: fc.Arbitrary<Value> = fc.oneof(
  safe,
  fc.tuple(fc.constantFrom('a.x', 'a.0', 'c.x', 'a.$[].x'), scalar).map(([name, v]): Value => ({
    $set: { [name]: v },
  })),
  fc.tuple(fc.constantFrom('$push', '$addToSet', '$pull'), scalar).map(([op, v]): Value => ({
    [op]: { a: v },
  })),
  fc.constant<Value>({ $inc: { b: 1 } }),
);
const id = fc.nat(20);
const writing = (command: Doc): Step => ({ command, ordered: true });
const statement = fc.oneof(
  fc.tuple(filter, safe).map(([q, u]): Doc => ({ q, u, multi: true })),
  fc.tuple(id, any).map(([_id, u]): Doc => ({ q: { _id }, u })),
  fc.tuple(id, filter, any).map(([_id, q, u]): Doc => ({ q: { $and: [{ _id }, q] }, u })),
  upsert(scalar),
);
const write: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: statement.map((one) => writing({ update: HERE, updates: [one] })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(id, filter)
      .map(([_id, q]) =>
        writing({ delete: HERE, deletes: [{ q: { $and: [q, { _id: { $gte: _id } }] }, limit: 0 }] }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(filter, sort, safe, fc.boolean())
      .map(([query, by, update, after]) =>
        writing({ findAndModify: HERE, query, sort: by, update, new: after }),
      ),
  },
);

/** One command. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: find },
  { weight: 1, arbitrary: count },
  { weight: 1, arbitrary: distinct },
  { weight: 5, arbitrary: pipeline },
  { weight: 3, arbitrary: write },
);
