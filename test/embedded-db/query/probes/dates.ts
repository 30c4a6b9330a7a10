// Probes of date expressions.

import type { Doc, Value } from '../../../../src/embedded-db/query/bson.ts';
import { at, oid, type Probe } from './probe.ts';

const doc: Doc = {
  _id: 1,
  d: at('2021-03-14T15:09:26.535Z'),
  night: at('2020-12-31T17:30:00Z'),
  old: at('1965-02-03T04:05:06.007Z'),
};
const sh = 'Asia/Shanghai';
const ny = 'America/New_York';

const value = (expression: Value, expected: Value): Probe => [
  JSON.stringify(expression).slice(0, 110),
  [doc],
  { aggregate: [{ $project: { _id: 0, r: expression } }] },
  [{ r: expected }],
];
const refused = (expression: Value, code: number): Probe => [
  `refused: ${JSON.stringify(expression)}`,
  [doc],
  { aggregate: [{ $project: { _id: 0, r: expression } }] },
  { code },
];
const text = (date: Value, format: string, timezone?: string): Value => ({
  $dateToString: timezone === undefined ? { date, format } : { date, format, timezone },
});

export const dateProbes: Probe[] = [
  value({ $year: '$d' }, 2021),
  value({ $month: '$d' }, 3),
  value({ $dayOfMonth: '$d' }, 14),
  value({ $hour: '$d' }, 15),
  value({ $millisecond: '$old' }, 7),
  value({ $year: '$nope' }, null),
  value({ $year: { date: '$night', timezone: sh } }, 2021),
  value({ $year: { date: '$night', timezone: '+0530' } }, 2020),
  value({ $hour: { date: '$night', timezone: '-03:30' } }, 14),
  value({ $dayOfWeek: '$d' }, 1),
  value({ $isoDayOfWeek: '$d' }, 7),
  value({ $dayOfYear: '$night' }, 366),
  value({ $week: '$d' }, 11),
  value({ $isoWeek: '$night' }, 53),
  value({ $isoWeekYear: { date: '$night', timezone: sh } }, 2020n),
  value({ $year: oid(1) }, 1970),
  value(text('$night', '%Y-%m-%d', sh), '2021-01-01'),
  value(text('$d', '%Y-%m-%dT%H:%M:%S.%LZ'), '2021-03-14T15:09:26.535Z'),
  value(text('$d', '%H:%M %z %Z', ny), '11:09 -0400 -240'),
  value(text('$d', '%j %U %G-W%V-%u %w %%'), '073 11 2021-W10-7 1 %'),
  value({ $dateToString: { date: '$d' } }, '2021-03-14T15:09:26.535Z'),
  value({ $dateToString: { date: '$nope', onNull: 'none' } }, 'none'),
  value({ $dateToString: { date: '$nope' } }, null),
  value(
    { $dateToParts: { date: '$night', timezone: sh } },
    { year: 2021, month: 1, day: 1, hour: 1, minute: 30, second: 0, millisecond: 0 },
  ),
  value({ $dateFromParts: { year: 2021, month: 14, day: 1, timezone: sh } }, at('2022-01-31T16:00:00Z')),
  value({ $dateFromParts: { isoWeekYear: 2021, isoWeek: 1, isoDayOfWeek: 1 } }, at('2021-01-04')),
  value({ $dateFromString: { dateString: '2021-03-14T12:00:00', timezone: sh } }, at('2021-03-14T04:00:00Z')),
  value({ $dateFromString: { dateString: '14.03.2021', format: '%d.%m.%Y' } }, at('2021-03-14')),
  value({ $dateFromString: { dateString: '2021-13-01', onError: 'bad' } }, 'bad'),
  value({ $dateAdd: { startDate: at('2021-01-31'), unit: 'month', amount: 1 } }, at('2021-02-28')),
  value(
    { $dateAdd: { startDate: at('2021-03-13T12:00:00Z'), unit: 'day', amount: 1, timezone: ny } },
    at('2021-03-14T11:00:00Z'),
  ),
  value(
    { $dateAdd: { startDate: at('2021-03-13T12:00:00Z'), unit: 'hour', amount: 24, timezone: ny } },
    at('2021-03-14T12:00:00Z'),
  ),
  value({ $dateSubtract: { startDate: '$d', unit: 'year', amount: 1 } }, at('2020-03-14T15:09:26.535Z')),
  value({ $dateDiff: { startDate: at('2020-12-31'), endDate: at('2021-01-01'), unit: 'year' } }, 1n),
  value({ $dateDiff: { startDate: at('2021-01-02'), endDate: at('2021-01-04'), unit: 'week' } }, 1n),
  value(
    {
      $dateDiff: {
        startDate: at('2021-01-02'),
        endDate: at('2021-01-04'),
        unit: 'week',
        startOfWeek: 'tuesday',
      },
    },
    0n,
  ),
  value(
    { $dateDiff: { startDate: '$night', endDate: at('2020-12-31T23:00:00Z'), unit: 'day', timezone: sh } },
    0n,
  ),
  value({ $dateTrunc: { date: '$night', unit: 'month', timezone: sh } }, at('2020-12-31T16:00:00Z')),
  value({ $dateTrunc: { date: '$d', unit: 'week' } }, at('2021-03-14')),
  value({ $dateTrunc: { date: '$d', unit: 'week', startOfWeek: 'monday' } }, at('2021-03-08')),
  value({ $dateTrunc: { date: '$d', unit: 'quarter' } }, at('2021-01-01')),
  value({ $dateTrunc: { date: '$d', unit: 'hour', binSize: 6 } }, at('2021-03-14T12:00:00Z')),
  value({ $dateTrunc: { date: '$old', unit: 'year', binSize: 10 } }, at('1960-01-01')),
  value({ $lt: ['$old', '$d'] }, true),
  refused({ $year: 'x' }, 16006),
  refused({ $year: { date: '$d', timezone: 'Mars/Base' } }, 40485),
  refused(text('$d', '%Q'), 18536),
  refused({ $dateTrunc: { date: '$d', unit: 'fortnight' } }, 9),
  refused({ $dateFromString: { dateString: '2021-02-30' } }, 241),
];
