// Probes of sorting and projecting.

import { BsonUndefined, MaxKey, MinKey, Timestamp } from '../../../../src/embedded-db/query/bson.ts';
import { as, at, dbl, dec, oid, rex, type Probe } from './probe.ts';

const everyType = as(
  new MaxKey(), rex('x'), new Timestamp({ t: 1, i: 1 }), at('2021-01-01'), true, false, oid(1), [5], { x: 1 }, 'a', 3,
  null, undefined, new MinKey(), [],
); // prettier-ignore
const people = [
  {
    _id: 1,
    name: { first: '三', last: '张' },
    scores: [3, 5, 9],
    tags: [
      { k: 'a', v: 1 },
      { k: 'b', v: 2 },
    ],
    n: 7,
  },
];
const one = (...fields: [string, unknown][]): never[] => [Object.fromEntries(fields)] as never[];

export const sortProbes: Probe[] = [
  // [5] sorts as 5 and [] below null; with arrays away the order is that of the manual's list of types.
  [
    'types in BSON order',
    everyType,
    { find: {}, sort: { a: 1, _id: 1 } },
    [14, 15, 12, 13, 11, 8, 10, 9, 7, 6, 5, 4, 3, 2, 1],
  ],
  ['numbers of all types', as(2, dbl(1), 3n, dec('2.5'), NaN), { find: {}, sort: { a: 1 } }, [5, 2, 1, 4, 3]],
  ['ascending takes the lowest element', as([5, 1], 2, [3]), { find: {}, sort: { a: 1 } }, [1, 2, 3]],
  ['descending takes the highest element', as([5, 1], 2, [3]), { find: {}, sort: { a: -1 } }, [1, 3, 2]],
  // An element that is no document counts as one without the field, which is below every value.
  [
    'a path below an array of documents and others',
    as([{ x: 1 }, 'b'], { x: 0 }, 3, [{ x: 2 }]),
    { find: {}, sort: { 'a.x': 1, _id: 1 } },
    [1, 3, 2, 4],
  ],
  [
    'null and missing tie and stay in order',
    as(undefined, null, undefined, 1),
    { find: {}, sort: { a: 1 } },
    [1, 2, 3, 4],
  ],
  ['an empty array is below null', as(null, []), { find: {}, sort: { a: 1 } }, [2, 1]],
  [
    'a sort by a dotted path through arrays',
    as([{ b: 3 }, { b: 1 }], { b: 2 }, [{ b: 0 }]),
    { find: {}, sort: { 'a.b': 1 } },
    [3, 1, 2],
  ],
  [
    'two keys',
    [
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 2 },
      { _id: 3, a: 0, b: 0 },
    ],
    { find: {}, sort: { a: 1, b: -1 } },
    [3, 2, 1],
  ],
  [
    'key order within documents',
    as({ x: 2 }, { x: 1, y: 1 }, { x: 1 }, { w: 9 }),
    { find: {}, sort: { a: 1 } },
    [4, 3, 2, 1],
  ],
  [
    'two keys within one array',
    as(
      [
        { b: 1, c: 9 },
        { b: 2, c: 0 },
      ],
      [{ b: 1, c: 5 }],
    ),
    { find: {}, sort: { 'a.b': 1, 'a.c': 1 } },
    [2, 1],
  ],
  ['undefined sorts with missing', as(1, new BsonUndefined()), { find: {}, sort: { a: 1 } }, [2, 1]],
  [
    'refuses parallel arrays',
    [{ _id: 1, a: [1], b: [2] }, { _id: 2 }],
    { find: {}, sort: { a: 1, b: 1 } },
    { code: 2 },
  ],
  ['refuses an order of 2', as(1, 2), { aggregate: [{ $sort: { a: 2 } }] }, { code: 15975 }],
];

export const projectionProbes: Probe[] = [
  [
    "inclusion keeps the document's order",
    people,
    { find: {}, project: { n: 1, name: 1 } },
    one(['_id', 1], ['name', people[0]!.name], ['n', 7]),
  ],
  ['_id can be left out', people, { find: {}, project: { n: 1, _id: 0 } }, one(['n', 7])],
  ['exclusion', people, { find: {}, project: { name: 0, scores: 0, tags: 0 } }, one(['_id', 1], ['n', 7])],
  ['a dotted path', people, { find: {}, project: { 'name.last': 1, _id: 0 } }, one(['name', { last: '张' }])],
  [
    'a nested document is a dotted path',
    people,
    { find: {}, project: { name: { last: 1 }, _id: 0 } },
    one(['name', { last: '张' }]),
  ],
  [
    'dotted inclusion within arrays',
    people,
    { find: {}, project: { 'tags.v': 1, _id: 0 } },
    one(['tags', [{ v: 1 }, { v: 2 }]]),
  ],
  [
    'dotted exclusion within arrays',
    people,
    { find: {}, project: { 'tags.v': 0, name: 0, scores: 0, n: 0 } },
    one(['_id', 1], ['tags', [{ k: 'a' }, { k: 'b' }]]),
  ],
  [
    'dotted inclusion drops plain elements',
    as([1, { b: 2 }, [{ b: 3 }]]),
    { find: {}, project: { 'a.b': 1, _id: 0 } },
    one(['a', [{ b: 2 }, [{ b: 3 }]]]),
  ],
  ['dotted inclusion of a plain value', as(5), { find: {}, project: { 'a.b': 1 } }, one(['_id', 1])],
  [
    'an expression',
    people,
    { find: {}, project: { _id: 0, double: { $add: ['$n', '$n'] } } },
    one(['double', 14]),
  ],
  [
    'a path renames',
    people,
    { find: {}, project: { _id: 0, surname: '$name.last' } },
    one(['surname', '张']),
  ],
  ['a missing path adds nothing', people, { find: {}, project: { x: '$nope' } }, one(['_id', 1])],
  ['refuses inclusion beside exclusion', people, { find: {}, project: { n: 1, name: 0 } }, { code: 31254 }],
  ['refuses exclusion beside inclusion', people, { find: {}, project: { n: 0, name: 1 } }, { code: 31253 }],
  ['refuses colliding paths', people, { find: {}, project: { name: 1, 'name.last': 1 } }, { code: 31249 }],
  [
    'refuses colliding paths, deeper one first',
    people,
    { find: {}, project: { 'name.last': 1, name: 1 } },
    { code: 31250 },
  ],
  ['refuses an empty sub-projection', people, { find: {}, project: { name: {} } }, { code: 51270 }],
];
