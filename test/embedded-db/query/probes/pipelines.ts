// Probes of pipeline stages.

import { docOf } from '../../../../src/embedded-db/query/bson.ts';
import { as, dbl, dec, oid, type Probe } from './probe.ts';

const sales = [
  { _id: 1, item: 'a', area: 'x', n: 2, at: [1, 2] },
  { _id: 2, item: 'b', area: 'x', n: 3, at: [] },
  { _id: 3, item: 'a', area: 'y', n: 5 },
  { _id: 4, item: null, area: 'y', n: 7, at: null },
  { _id: 5, area: 'y', at: 4 },
];
const people = [
  { _id: 'p1', name: 'Li', skill: 'a' },
  { _id: 'p2', name: 'Wu', skill: ['a', 'b'] },
  { _id: 'p3', name: 'Hu' },
];
const byId = { $sort: { _id: 1 } };

export const pipelineProbes: Probe[] = [
  [
    '$match $sort $skip $limit',
    sales,
    {
      aggregate: [
        { $match: { n: { $gt: 2 } } },
        { $sort: { n: -1 } },
        { $skip: 1 },
        { $limit: 1 },
        { $project: { n: 1 } },
      ],
    },
    [{ _id: 3, n: 5 }],
  ],
  [
    '$group sums, null and missing together',
    sales,
    { aggregate: [{ $group: { _id: '$item', t: { $sum: '$n' }, c: { $sum: 1 } } }, byId] },
    [
      { _id: null, t: 7, c: 2 },
      { _id: 'a', t: 7, c: 2 },
      { _id: 'b', t: 3, c: 1 },
    ],
  ],
  [
    '$group keeps true and 1 apart',
    as(true, 1, true),
    { aggregate: [{ $group: { _id: '$a', c: { $sum: 1 } } }, byId] },
    [
      { _id: 1, c: 1 },
      { _id: true, c: 2 },
    ],
  ],
  [
    '$group by two fields keeps missing apart',
    sales,
    { aggregate: [{ $group: { _id: { i: '$item' }, c: { $sum: 1 } } }, byId] },
    [
      { _id: {}, c: 1 },
      { _id: { i: null }, c: 1 },
      { _id: { i: 'a' }, c: 2 },
      { _id: { i: 'b' }, c: 1 },
    ],
  ],
  [
    '$group over numbers of all types',
    as(1, dbl(1), 1n, dec('1.0'), 2),
    { aggregate: [{ $group: { _id: '$a', c: { $sum: 1 } } }, byId] },
    [
      { _id: 1, c: 4 },
      { _id: 2, c: 1 },
    ],
  ],
  [
    '$group of everything',
    sales,
    { aggregate: [{ $group: { _id: null, avg: { $avg: '$n' }, min: { $min: '$n' }, max: { $max: '$n' } } }] },
    [{ _id: null, avg: 4.25, min: 2, max: 7 }],
  ],
  ['$group of nothing', [], { aggregate: [{ $group: { _id: null, c: { $sum: 1 } } }] }, []],
  [
    '$push leaves missing out, $first gives null',
    sales,
    {
      aggregate: [
        { $match: { area: 'y' } },
        { $group: { _id: '$area', p: { $push: '$n' }, f: { $first: '$at' } } },
      ],
    },
    [{ _id: 'y', p: [5, 7], f: null }],
  ],
  [
    '$sum ignores what is no number',
    as(1, 'x', null, [5]),
    { aggregate: [{ $group: { _id: 0, s: { $sum: '$a' } } }] },
    [{ _id: 0, s: 1 }],
  ],
  [
    '$sum of int32 grows',
    as(2147483647, 1),
    { aggregate: [{ $group: { _id: 0, s: { $sum: '$a' } } }] },
    [{ _id: 0, s: 2147483648n }],
  ],
  [
    '$sum of doubles carries its rounding',
    as(0.1, 0.2, 0.3, 0.4),
    { aggregate: [{ $group: { _id: 0, s: { $sum: '$a' } } }] },
    [{ _id: 0, s: dbl(1) }],
  ],
  [
    '$avg of nothing is null',
    as('x'),
    { aggregate: [{ $group: { _id: 0, s: { $avg: '$a' } } }] },
    [{ _id: 0, s: null }],
  ],
  [
    '$unwind',
    sales,
    { aggregate: [{ $unwind: '$at' }, { $project: { at: 1 } }] },
    [
      { _id: 1, at: 1 },
      { _id: 1, at: 2 },
      { _id: 5, at: 4 },
    ],
  ],
  [
    '$unwind keeps empty ones and counts',
    sales,
    {
      aggregate: [
        { $unwind: { path: '$at', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } },
        { $project: { at: 1, i: 1 } },
      ],
    },
    [
      { _id: 1, at: 1, i: 0n },
      { _id: 1, at: 2, i: 1n },
      { _id: 2, i: null },
      { _id: 3, i: null },
      { _id: 4, at: null, i: null },
      { _id: 5, at: 4, i: null },
    ],
  ],
  [
    '$lookup by equality',
    people,
    {
      aggregate: [
        { $lookup: { from: 'c', localField: 'skill', foreignField: 'k', as: 'f' } },
        { $project: { f: '$f._id' } },
      ],
      others: [{ _id: 1, k: 'a' }, { _id: 2, k: ['b'] }, { _id: 3 }, { _id: 4, k: null }],
    },
    [
      { _id: 'p1', f: [1] },
      { _id: 'p2', f: [1, 2] },
      { _id: 'p3', f: [3, 4] },
    ],
  ],
  [
    '$lookup by pipeline',
    people,
    {
      aggregate: [
        {
          $lookup: {
            from: 'c',
            let: { s: '$skill' },
            pipeline: [{ $match: { $expr: { $eq: ['$k', '$$s'] } } }, { $project: { _id: 0, n: 1 } }],
            as: 'f',
          },
        },
        { $project: { f: 1 } },
      ],
      others: [
        { _id: 1, k: 'a', n: 1 },
        { _id: 2, n: 2 },
        { _id: 3, k: ['a', 'b'], n: 3 },
      ],
    },
    [
      { _id: 'p1', f: [{ n: 1 }] },
      { _id: 'p2', f: [{ n: 3 }] },
      { _id: 'p3', f: [{ n: 2 }] },
    ],
  ],
  [
    '$lookup by both',
    people,
    {
      aggregate: [
        { $limit: 1 },
        {
          $lookup: {
            from: 'c',
            localField: 'skill',
            foreignField: 'k',
            pipeline: [{ $match: { n: { $gt: 1 } } }],
            as: 'f',
          },
        },
        { $project: { f: 1 } },
      ],
      others: [
        { _id: 1, k: 'a', n: 1 },
        { _id: 2, k: 'a', n: 2 },
      ],
    },
    [{ _id: 'p1', f: [{ _id: 2, k: 'a', n: 2 }] }],
  ],
  ['$count of nothing gives nothing', [], { aggregate: [{ $count: 'n' }] }, []],
  [
    '$addFields reaches into documents',
    [{ _id: 1, o: { x: 1 } }],
    { aggregate: [{ $addFields: { 'o.y': 2, z: '$o.x' } }] },
    [{ _id: 1, o: { x: 1, y: 2 }, z: 1 }],
  ],
  [
    '$addFields reaches into arrays',
    as([{ x: 1 }, 5]),
    { aggregate: [{ $addFields: { 'a.y': 2 } }] },
    [{ _id: 1, a: [{ x: 1, y: 2 }, { y: 2 }] }],
  ],
  ['$set of a missing value removes', as(1), { aggregate: [{ $set: { a: '$nope' } }] }, [{ _id: 1 }]],
  [
    '$unset as a stage',
    [{ _id: 1, a: 1, o: { x: 1, y: 2 } }],
    { aggregate: [{ $unset: ['a', 'o.x'] }] },
    [{ _id: 1, o: { y: 2 } }],
  ],
  [
    '$project puts computed fields last',
    [{ _id: 1, a: 1, b: 2 }],
    { aggregate: [{ $project: { c: { $add: ['$a', 1] }, b: 1 } }] },
    [{ _id: 1, b: 2, c: 2 }],
  ],
  [
    '$project leaves key order alone',
    [{ _id: 1, b: 2, a: 1 }],
    { aggregate: [{ $project: { a: 1, b: 1 } }] },
    [{ _id: 1, b: 2, a: 1 }],
  ],
  [
    '$project keeps numeric names in place',
    [
      docOf([
        ['_id', 1],
        ['z', 1],
        ['2', 2],
        ['1', 1],
      ]),
    ],
    { aggregate: [{ $project: { z: 0 } }] },
    [
      docOf([
        ['_id', 1],
        ['2', 2],
        ['1', 1],
      ]),
    ],
  ],
  [
    '$replaceRoot',
    [{ _id: 1, o: { x: 1 } }],
    { aggregate: [{ $replaceRoot: { newRoot: '$o' } }] },
    [{ x: 1 }],
  ],
  [
    '$unionWith of a count',
    as(1, 2),
    {
      aggregate: [
        { $count: 'n' },
        { $unionWith: { coll: 'c', pipeline: [{ $match: { k: 1 } }, { $count: 'n' }] } },
      ],
      others: [{ _id: 7, k: 1 }],
    },
    [{ n: 2 }, { n: 1 }],
  ],
  [
    '$unionWith',
    as(1),
    {
      aggregate: [{ $unionWith: { coll: 'c', pipeline: [{ $match: { k: 1 } }] } }],
      others: [
        { _id: 8, k: 1 },
        { _id: 9, k: 2 },
      ],
    },
    [
      { _id: 1, a: 1 },
      { _id: 8, k: 1 },
    ],
  ],
  [
    '$match on ObjectIds',
    as(oid(1), oid(2)),
    { aggregate: [{ $match: { a: oid(2) } }, { $project: { _id: 1 } }] },
    [{ _id: 2 }],
  ],

  ['refuses an unknown stage', as(1), { aggregate: [{ $foo: 1 }] }, { code: 40324 }],
  ['refuses two stages in one', as(1), { aggregate: [{ $match: {}, $limit: 1 }] }, { code: 40323 }],
  ['refuses $limit 0', as(1), { aggregate: [{ $limit: 0 }] }, { code: 15958 }],
  ['refuses a negative $skip', as(1), { aggregate: [{ $skip: -1 }] }, { code: 5107200 }],
  ['refuses $group without _id', as(1), { aggregate: [{ $group: { n: { $sum: 1 } } }] }, { code: 15955 }],
  [
    'refuses a field of $group without accumulator',
    as(1),
    { aggregate: [{ $group: { _id: 1, n: '$a' } }] },
    { code: 40234 },
  ],
  [
    'refuses an unknown accumulator',
    as(1),
    { aggregate: [{ $group: { _id: 1, n: { $foo: 1 } } }] },
    { code: 15952 },
  ],
  [
    'refuses two accumulators',
    as(1),
    { aggregate: [{ $group: { _id: 1, n: { $sum: 1, $avg: 1 } } }] },
    { code: 40238 },
  ],
  ['refuses $unwind without $', as(1), { aggregate: [{ $unwind: 'a' }] }, { code: 28818 }],
  ['refuses an empty $project', as(1), { aggregate: [{ $project: {} }] }, { code: 51272 }],
  ['refuses an empty $sort', as(1), { aggregate: [{ $sort: {} }] }, { code: 15976 }],
  [
    'refuses $replaceRoot with a number',
    as(1),
    { aggregate: [{ $replaceRoot: { newRoot: '$a' } }] },
    { code: 40228 },
  ],
  ['refuses $merge before the end', as(1), { aggregate: [{ $merge: 'x' }, { $limit: 1 }] }, { code: 40601 }],
  ['refuses $graphLookup by name', as(1), { aggregate: [{ $graphLookup: {} }] }, { code: 115 }],
  // util/summation.h: what the rounding left out counts for later terms, not for the result.
  [
    '$sum of doubles',
    as(0.1, 0.2, 0.9),
    { aggregate: [{ $group: { _id: null, n: { $sum: '$a' } } }] },
    [{ _id: null, n: 1.2000000000000002 }],
  ],
  [
    '$sum of doubles that a plain sum misses',
    as(0.1, 0.2, 1.9),
    { aggregate: [{ $group: { _id: null, n: { $sum: '$a' } } }] },
    [{ _id: null, n: 2.2 }],
  ],
  [
    '$sum of large and small doubles',
    as(1e100, 1, -1e100),
    { aggregate: [{ $group: { _id: null, n: { $sum: '$a' } } }] },
    [{ _id: null, n: dbl(0) }],
  ],
  [
    '$sum of infinities',
    as(Infinity, 1),
    { aggregate: [{ $group: { _id: null, n: { $sum: '$a' } } }] },
    [{ _id: null, n: Infinity }],
  ],
  [
    '$avg of doubles',
    as(0.1, 0.2, 1.9),
    { aggregate: [{ $group: { _id: null, n: { $avg: '$a' } } }] },
    [{ _id: null, n: 2.2 / 3 }],
  ],
  [
    '$sum of longs that meet again',
    as(9223372036854775807n, 1n, -1n),
    { aggregate: [{ $group: { _id: null, n: { $sum: '$a' } } }] },
    [{ _id: null, n: 9223372036854775807n }],
  ],
  [
    '$sum of a long alone',
    as(5, 6),
    { aggregate: [{ $group: { _id: 1, n: { $sum: 1n } } }] },
    [{ _id: 1, n: 2n }],
  ],
  // document_path_support.cpp: the elements of the array at the path's end, arrays among them.
  [
    '$lookup joins on an array inside an array',
    [{ _id: 1, o: { b: [[1, 2]] } }],
    {
      aggregate: [{ $lookup: { from: 'others', localField: 'o.b', foreignField: 'x', as: 'y' } }],
      others: [{ _id: 1, x: null }, { _id: 2 }, { _id: 3, x: [1, 2] }],
    },
    [{ _id: 1, o: { b: [[1, 2]] }, y: [{ _id: 3, x: [1, 2] }] }],
  ],
  [
    'a stage of two fields is refused after a count too',
    as(1),
    { aggregate: [{ $count: 'n', $limit: 1 }] },
    { code: 40323 },
  ],
];
