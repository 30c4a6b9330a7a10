// Probes of collections with indexes: bounds, arrays, null, sparse and partial use, uniqueness, served sorts.

import type { Doc } from '../../../../src/embedded-db/query/bson.ts';
import { as, at, dbl, dec, rex, type Probe } from './probe.ts';

const byId = { _id: 1 };
const on = (key: Doc, options: Doc = {}): Doc => ({ key, ...options });
/** What a filter finds in `_id` order where `a` is indexed. */
const indexed = (name: string, docs: Doc[], find: Doc, expected: number[], key: Doc = { a: 1 }): Probe => [
  `${name}, indexed`,
  docs,
  { find, sort: byId, indexes: [on(key)] },
  expected,
];
/** Documents that an index refuses. */
const refused = (name: string, docs: Doc[], index: Doc, code: number): Probe => [
  name,
  docs,
  { find: {}, indexes: [index] },
  { code },
];
/** Documents that an index takes. */
const taken = (name: string, docs: Doc[], index: Doc): Probe => [
  name,
  docs,
  { find: {}, sort: byId, indexes: [index] },
  docs.map((doc) => doc['_id']!),
];

const nothing = as(1, null, undefined, [], [null], {});
const pairs = [
  {
    _id: 1,
    a: [
      { b: 1, c: 1 },
      { b: 2, c: 2 },
    ],
  },
  { _id: 2, a: [{ b: 1, c: 2 }] },
  { _id: 3, a: { b: 1, c: 2 } },
  { _id: 4, a: [{ b: 3 }, { c: 2 }] },
];
const twoKeys = [
  { _id: 1, a: 1, b: 3 },
  { _id: 2, a: 2, b: 1 },
  { _id: 3, a: 1, b: 1 },
  { _id: 4, a: 2, b: 2 },
  { _id: 5, a: 3, b: 0 },
];

// prettier-ignore
const boundsProbes: Probe[] = [
  indexed('a range over an array may be met by two elements', as([1, 5], [3], 3, [5]), { a: { $gt: 2, $lt: 4 } }, [1, 2, 3]),
  indexed('$elemMatch wants one', as([1, 5], [3], 3, [5]), { a: { $elemMatch: { $gt: 2, $lt: 4 } } }, [2]),
  indexed('two paths below one array', pairs, { 'a.b': 1, 'a.c': 2 }, [1, 2, 3], { 'a.b': 1, 'a.c': 1 }),
  indexed('two paths of one element', pairs, { a: { $elemMatch: { b: 1, c: 2 } } }, [2], { 'a.b': 1, 'a.c': 1 }),
  indexed('a missing path below an array', pairs, { 'a.b': null }, [4], { 'a.b': 1 }),
  indexed('null finds missing, null and elements', nothing, { a: null }, [2, 3, 5]),
  indexed('$in with null', nothing, { a: { $in: [null, 1] } }, [1, 2, 3, 5]),
  indexed('$ne null', nothing, { a: { $ne: null } }, [1, 4, 6]),
  indexed('$gte null', nothing, { a: { $gte: null } }, [2, 3, 5]),
  indexed('$exists: false', nothing, { a: { $exists: false } }, [3]),
  indexed('$exists: true', nothing, { a: { $exists: true } }, [1, 2, 4, 5, 6]),
  indexed('a comparison stays within its type', as(7, '7', null, [9], true, at('2021-01-01'), NaN), { a: { $gt: 5 } }, [1, 4]),
  indexed('NaN is equal to itself and below no number', as(NaN, 1, dec('NaN')), { a: NaN }, [1, 3]),
  indexed('$gte NaN', as(NaN, 1, dec('NaN')), { a: { $gte: NaN } }, [1, 3]),
  indexed('$lt a number leaves NaN out', as(NaN, 1, -Infinity), { a: { $lt: 5 } }, [2, 3]),
  indexed('equality across number types', as(1, dbl(1), 1n, dec('1.0'), '1'), { a: 1n }, [1, 2, 3, 4]),
  indexed('int64 beside its double', as(9007199254740993n, 9007199254740992n), { a: { $gt: 9007199254740992 } }, [1]),
  indexed('a decimal between doubles', as(0.1, 0.2, dec('0.15')), { a: { $gt: 0.1, $lt: 0.2 } }, [3]),
  indexed('days before 1970', as(at('1969-12-31'), at('1970-01-01'), at('1900-01-01')), { a: { $lt: at('1970-01-01') } }, [1, 3]),
  indexed('an array is equal to itself and as an element', as([1, 2], [[1, 2], 3], [2, 1], 1), { a: [1, 2] }, [1, 2]),
  indexed('an empty array too', as([], [[]], null, undefined, [1]), { a: [] }, [1, 2]),
  indexed('a document with its fields in order', as({ x: 1, y: 2 }, { y: 2, x: 1 }, [{ x: 1, y: 2 }]), { a: { x: 1, y: 2 } }, [1, 3]),
  indexed('$in with a pattern', as('abc', 'b', rex('^a'), ['xa', 'ab'], 1), { a: { $in: [rex('^a'), 1] } }, [1, 3, 4, 5]),
  indexed('a pattern with a beginning', as('ab', 'a', 'b', ['c', 'ad'], 5), { a: { $regex: '^a' } }, [1, 2, 4]),
  indexed('a pattern without regard to case', as('Ab', 'ab', 'b'), { a: { $regex: '^A', $options: 'i' } }, [1, 2]),
  indexed('arrays of arrays', as([[1, 2]], [1], [[3]]), { a: 1 }, [2]),
  indexed('$nin leaves null and missing in', as(1, 2, null, undefined, [1, 3]), { a: { $nin: [1, 2] } }, [3, 4]),
  indexed('$type', as('x', 1, ['y'], null), { a: { $type: 'string' } }, [1, 3]),
  indexed('$not over an array', as([1, 5], [2], 9, null), { a: { $not: { $gt: 4 } } }, [2, 4]),
  indexed('a compound prefix and a range', twoKeys, { a: { $in: [1, 2] }, b: { $lte: 1 } }, [2, 3], { a: 1, b: -1 }),
  [
    '$or over two indexes finds a document once',
    twoKeys,
    { find: { $or: [{ a: 1 }, { b: 1 }] }, sort: byId, indexes: [on({ a: 1 }), on({ b: 1 })] },
    [1, 2, 3],
  ],
  [
    'a projection of an array in an index gives the array',
    as([1, 2]),
    { find: { a: 2 }, project: { _id: 0, a: 1 }, indexes: [on({ a: 1 })] },
    [{ a: [1, 2] }],
  ],
];

// prettier-ignore
const orderProbes: Probe[] = [
  ['a compound index backwards', twoKeys, { find: {}, sort: { a: -1, b: 1 }, indexes: [on({ a: 1, b: -1 })] }, [5, 2, 4, 3, 1]],
  ['a compound index against its order', twoKeys, { find: {}, sort: { a: 1, b: 1 }, indexes: [on({ a: 1, b: -1 })] }, [3, 1, 2, 4, 5]],
  ['$in before the sorted field', twoKeys, { find: { a: { $in: [2, 1] } }, sort: { b: 1, _id: 1 }, indexes: [on({ a: 1, b: 1 })] }, [2, 3, 4, 1]],
  ['arrays sort up by their lowest element', as([5, 1], 2, [3]), { find: {}, sort: { a: 1 }, indexes: [on({ a: 1 })] }, [1, 2, 3]],
  ['and down by their highest', as([5, 1], 2, [3]), { find: {}, sort: { a: -1 }, indexes: [on({ a: 1 })] }, [1, 3, 2]],
  ['a filter does not change an array in a sort', as([1, 9], [2, 8], 5), { find: { a: { $gte: 2 } }, sort: { a: 1 }, indexes: [on({ a: 1 })] }, [1, 2, 3]],
  ['a hinted index gives its order', as(3, 1, 2), { find: {}, hint: { a: 1 }, indexes: [on({ a: 1 })] }, [2, 3, 1]],
  ['a hint that names no index', as(1), { find: {}, hint: { b: 1 }, indexes: [on({ a: 1 })] }, { code: 2 }],
];

const sparse = on({ a: 1 }, { sparse: true });
const partial = on({ a: 1 }, { partialFilterExpression: { b: { $gt: 5 } } });
const some = [
  { _id: 1, a: 1, b: 9 },
  { _id: 2, a: 1, b: 1 },
  { _id: 3, a: 1 },
  { _id: 4, b: 7 },
];

// prettier-ignore
const partialProbes: Probe[] = [
  ['a sparse index is not used for all', nothing, { find: {}, sort: { a: 1, _id: 1 }, indexes: [sparse] }, [4, 2, 3, 5, 1, 6]],
  ['nor for null', nothing, { find: { a: null }, sort: byId, indexes: [sparse] }, [2, 3, 5]],
  ['a hinted sparse index leaves out what lacks the field', nothing, { find: {}, hint: { a: 1 }, indexes: [sparse] }, [4, 2, 5, 1, 6]],
  ['a partial index is not used beyond its filter', some, { find: { a: 1 }, sort: byId, indexes: [partial] }, [1, 2, 3]],
  ['within it', some, { find: { a: 1, b: { $gt: 8 } }, sort: byId, indexes: [partial] }, [1]],
  ['a missing field within it', some, { find: { a: null, b: { $gt: 6 } }, sort: byId, indexes: [partial] }, [4]],
  ['a hinted partial index holds its documents only', some, { find: {}, hint: { a: 1 }, indexes: [partial] }, [4, 1]],
];

const unique = on({ a: 1 }, { unique: true });
// prettier-ignore
const uniqueProbes: Probe[] = [
  refused('unique across number types', as(1, dbl(1)), unique, 11000),
  refused('unique with a decimal', as(1, dec('1.00')), unique, 11000),
  refused('missing twice', as(undefined, undefined), unique, 11000),
  refused('missing and null', as(undefined, null), unique, 11000),
  refused('one element in two arrays', as([1, 2], [2, 3]), unique, 11000),
  refused('an element and a value', as([1, 2], 2), unique, 11000),
  refused('one array in two arrays', as([[]], [[]]), unique, 11000),
  taken('one element twice in one array', as([1, 1], 2), unique),
  taken('an array that its place names is one value', as([[1, 2]], [[2, 1]], [1, 2]), on({ 'a.0': 1 }, { unique: true })),
  refused('one array at one place in two arrays', as([[1, 2]], [[1, 2], 3]), on({ 'a.0': 1 }, { unique: true }), 11000),
  refused('a number that is a place and a name', as([{ 0: 1 }]), on({ 'a.0': 1 }), 16746),
  taken('different types of one look', as('1', 1, true, at('1970-01-01')), unique),
  taken('documents by the order of their fields', as({ x: 1, y: 1 }, { y: 1, x: 1 }), unique),
  taken('missing twice in a sparse unique index', as(undefined, undefined, 1), on({ a: 1 }, { sparse: true, unique: true })),
  refused('null twice in a sparse unique index', as(null, null), on({ a: 1 }, { sparse: true, unique: true }), 11000),
  taken('beyond the filter of a partial unique index', [{ _id: 1, a: 1 }, { _id: 2, a: 1 }, { _id: 3, a: 1, b: 9 }],
    on({ a: 1 }, { unique: true, partialFilterExpression: { b: { $gt: 5 } } })),
  refused('two arrays in one compound index', [{ _id: 1, a: [1], b: [2] }], on({ a: 1, b: 1 }), 171),
  taken('one array in a compound index', [{ _id: 1, a: [1, 2], b: 2 }, { _id: 2, a: 1, b: [2, 3] }], on({ a: 1, b: 1 })),
];

// prettier-ignore
const specificationProbes: Probe[] = [
  refused('the name of the index on _id', [], on({ a: 1 }, { name: '_id_' }), 2),
  refused('an expiry before the date', [], on({ a: 1 }, { expireAfterSeconds: -3600 }), 67),
  refused('an expiry that is no number', [], on({ a: 1 }, { expireAfterSeconds: 'x' }), 67),
  refused('a part of a path with a dollar', [], on({ 'a.$b': 1 }), 67),
  refused('a partial index by a pattern', [], on({ a: 1 }, { partialFilterExpression: { b: rex('x') } }), 67),
  refused('a partial index by what is missing', [], on({ a: 1 }, { partialFilterExpression: { b: { $exists: false } } }), 67),
  ['a partial index of one number type is not asked for equal ones of others', as(5, 5n, dbl(5)),
    { find: { a: 5 }, sort: byId, indexes: [on({ a: 1 }, { partialFilterExpression: { a: { $type: 'int' } } })] }, [1, 2, 3]],
  ['plain, unique and sparse indexes of one field', as(1, undefined),
    { find: { a: 1 }, indexes: [on({ a: 1 }), on({ a: 1 }, { unique: true }), on({ a: 1 }, { sparse: true })] }, [1]],
  ['stored patterns beside strings', as('abc', rex('zzz'), rex('^ab')),
    { find: { a: rex('^ab') }, sort: byId, indexes: [on({ a: 1 })] }, [1, 3]],
];

/** The probes of collections with indexes. */
export const indexProbes: Probe[] = [
  ...boundsProbes,
  ...orderProbes,
  ...partialProbes,
  ...uniqueProbes,
  ...specificationProbes,
];
