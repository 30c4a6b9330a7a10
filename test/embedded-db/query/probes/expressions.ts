// Probes of expressions, each on one document: arithmetic, conditions, arrays, documents.

import type { Doc, Value } from '../../../../src/embedded-db/query/bson.ts';
import { dbl, dec, at, type Probe } from './probe.ts';

const doc: Doc = {
  _id: 1,
  n: 7,
  s: '张三 Zhang',
  list: [3, 1, 2],
  nul: null,
  o: { x: 1, y: null },
  rows: [{ k: 'a', v: 1 }, { k: 'b' }, 5],
  big: 9223372036854775807n,
};

/** An expression and its value, or the code of its refusal. */
const value = (expression: Value, expected: Value): Probe => [
  JSON.stringify(expression, (_key, each: unknown) =>
    typeof each === 'bigint' ? `${String(each)}n` : each,
  ).slice(0, 90),
  [doc],
  { aggregate: [{ $project: { _id: 0, r: expression } }] },
  [{ r: expected }],
];
const missing = (expression: Value): Probe => [
  `missing: ${JSON.stringify(expression)}`,
  [doc],
  { aggregate: [{ $project: { _id: 0, r: expression } }] },
  [{}],
];
const refused = (expression: Value, code: number): Probe => [
  `refused: ${JSON.stringify(expression)}`,
  [doc],
  { aggregate: [{ $project: { _id: 0, r: expression } }] },
  { code },
];

export const arithmeticProbes: Probe[] = [
  value({ $add: ['$n', 1] }, 8),
  value({ $add: [2147483647, 1] }, 2147483648n),
  value({ $add: ['$big', 1] }, 9223372036854775808),
  value({ $add: [1, 0.5] }, 1.5),
  value({ $add: [1, dbl(2)] }, dbl(3)),
  refused({ $add: [1, dec('0.10')] }, 115),
  value({ $add: ['$n', '$nope'] }, null),
  value({ $add: ['$n', null] }, null),
  value({ $add: [at('2021-01-01'), 1000] }, at('2021-01-01T00:00:01Z')),
  refused({ $rand: 1 }, 10065),
  refused({ $rand: { a: 1 } }, 3040501),
  refused({ $add: ['$s', 1] }, 14),
  refused({ $add: [at('2021-01-01'), at('2021-01-01')] }, 16612),
  refused({ $sin: 1 }, 115),
];

export const conditionProbes: Probe[] = [
  value({ $eq: ['$nope', null] }, false),
  value({ $eq: ['$nul', null] }, true),
  value({ $lt: ['$nope', null] }, true),
  value({ $eq: ['$list', 3] }, false),
  value({ $eq: [1, 1n] }, true),
  value({ $gt: ['a', 5] }, true),
  value({ $cmp: [1, 2] }, -1),
  value({ $lt: [at('1965-02-03'), at('1970-01-01')] }, true),
  value({ $gt: [dec('0.1'), 0.1] }, false),
  value({ $gte: [{ x: 1 }, { x: 1 }] }, true),
  value({ $and: [1, 'x', []] }, true),
  value({ $and: ['$nope'] }, false),
  value({ $or: [0, null, '$nope'] }, false),
  value({ $not: ['$nul'] }, true),
  value({ $cond: ['$nope', 1, 2] }, 2),
  value({ $cond: { if: { $gt: ['$n', 5] }, then: 'big', else: 'small' } }, 'big'),
  value({ $ifNull: ['$nope', '$nul', 5] }, 5),
  value({ $literal: '$n' }, '$n'),
  value('$$ROOT.n', 7),
  value('$rows.k', ['a', 'b']),
  value('$rows.v', [1]),
  value('$list.0', []),
  value(['$n', '$nope'], [7, null]),
  missing('$o.z.w'),
  missing({ $cond: [true, '$$REMOVE', 1] }),
  missing({ $ifNull: ['$nope', '$nope'] }),
  refused('$$nope', 17276),
  refused('$$constructor', 17276),
  refused('$$__proto__', 17276),
  refused({ $foo: 1 }, 31325),
  refused({ $add: [{ $foo: 1 }] }, 168),
  refused({ $filter: { input: [1], as: 'A', cond: 1 } }, 9),
  refused({ $cond: { if: 1, then: 2 } }, 17082),
  refused({ $function: {} }, 115),
];
export const arrayProbes: Probe[] = [
  value({ $arrayElemAt: ['$list', -1] }, 2),
  value({ $concatArrays: ['$list', [9]] }, [3, 1, 2, 9]),
  value({ $concatArrays: ['$list', '$nope'] }, null),
  value({ $in: [1n, '$list'] }, true),
  value({ $filter: { input: '$list', cond: { $gte: ['$$this', 2] } } }, [3, 2]),
  value(
    {
      $setUnion: [
        [2, 1],
        [1, 3],
      ],
    },
    [1, 2, 3],
  ),
  value({ $filter: { input: '$rows', as: 'one', cond: { $not: [{ $in: ['$$one.k', ['a']] }] } } }, [
    { k: 'b' },
    5,
  ]),
  value({ $filter: { input: '$nope', cond: true } }, null),
  value({ $setUnion: ['$list', '$nope'] }, null),
  value({ $setUnion: [[dbl(1), 1], [1n]] }, [dbl(1)]),
  refused({ $setField: 5 }, 4161100),
  refused({ $setField: { field: 'a', input: {}, unknown: 1 } }, 4161101),
  refused({ $setField: { input: {} } }, 4161102),
  refused({ $setField: { field: 'a', input: {} } }, 4161103),
  refused({ $setField: { field: 'a', value: 0 } }, 4161109),
  refused({ $setField: { field: { a: 1 }, input: {}, value: 0 } }, 4161106),
  refused({ $setField: { field: null, input: {}, value: 0 } }, 4161107),
  refused({ $setField: { field: '$a', input: '$o', value: 1 } }, 4161108),
  value({ $setField: { field: { $literal: '$a.b' }, input: '$o', value: 1 } }, { x: 1, y: null, '$a.b': 1 }),
  value({ $setField: { field: 'x', input: '$o', value: '$$REMOVE' } }, { y: null }),
  value({ $setField: { field: 'x', input: '$nope', value: 1 } }, null),
  refused({ $setField: { field: 'x', input: 1, value: 1 } }, 4161105),
  value({ $setField: { field: 'z', input: '$o', value: 1 } }, { x: 1, y: null, z: 1 }),
  missing({ $arrayElemAt: ['$list', 9] }),
  refused({ $in: [1, '$n'] }, 40081),
  refused({ $filter: 1 }, 28646),
  refused({ $filter: { input: [], cond: 1, more: 1 } }, 28647),
  refused({ $filter: { cond: 1 } }, 28648),
  refused({ $filter: { input: [] } }, 28650),
  refused({ $filter: { input: 1, cond: 1 } }, 28651),
  refused({ $arrayElemAt: [1, 0] }, 28689),
  refused({ $setUnion: [1] }, 17043),
  // AddState of expression.cpp: what was an int64 on the way only is none.
  value({ $add: [2147483647, 1, -1] }, 2147483647),
  value({ $add: [9223372036854775807n, 1, -1] }, dbl(9223372036854775808)),
];
