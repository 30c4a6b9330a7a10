// Parts of dates: $year … $isoWeekYear, $dateToParts, $dateFromParts.

import { docOf, isDoc, keysOf } from '../bson.ts';
import {
  DAY,
  dayOfYear,
  fieldsOf,
  isoWeek,
  isoWeekday,
  isoYearStart,
  localOf,
  week,
  weekday,
} from '../dates/calendar.ts';
import type { DateFields } from '../dates/calendar.ts';
import { instantOf } from '../dates/zone.ts';
import { QueryError } from '../errors.ts';
import { isNullish, typeName, wholeNumber } from '../types.ts';
import {
  compileArguments,
  named,
  type Argument,
  type Expression,
  type Family,
  type Operator,
} from './compiler.ts';
import { dateOf, zoneOf } from './date-arguments.ts';
import { truth } from './truth.ts';

function part(name: string, read: (local: number) => Argument): Operator {
  const evaluate = (values: Record<string, Argument>): Argument => {
    const zone = zoneOf(values);
    if (isNullish(values['date']) || zone === null) return null;
    const instant = dateOf(values['date']).getTime();
    return read(instant + zone.offsetAt(instant));
  };
  const withZone = named(name, ['date'], ['timezone'], evaluate, 40535);
  return (operand, compiler) => {
    if (isDoc(operand) && keysOf(operand)[0]?.startsWith('$') !== true) return withZone(operand, compiler);
    const [date] = compileArguments(name, operand, compiler, 1) as [Expression];
    return (root, vars) => evaluate({ date: date(root, vars) });
  };
}

const field = (name: string, key: keyof DateFields): Operator => part(name, (local) => fieldsOf(local)[key]);

const toParts = named(
  '$dateToParts',
  ['date'],
  ['timezone', 'iso8601'],
  (values) => {
    const zone = zoneOf(values);
    if (isNullish(values['date']) || zone === null) return null;
    if ('iso8601' in values && isNullish(values['iso8601'])) return null;
    const instant = dateOf(values['date']).getTime();
    const local = instant + zone.offsetAt(instant);
    const { year, month, day, hour, minute, second, millisecond } = fieldsOf(local);
    const iso = isoWeek(local);
    const days: [string, number][] = truth(values['iso8601'])
      ? [
          ['isoWeekYear', iso.year],
          ['isoWeek', iso.week],
          ['isoDayOfWeek', isoWeekday(local)],
        ]
      : [
          ['year', year],
          ['month', month],
          ['day', day],
        ];
    return docOf([
      ...days,
      ['hour', hour],
      ['minute', minute],
      ['second', second],
      ['millisecond', millisecond],
    ]);
  },
  40518,
);

const PARTS = [
  'year',
  'month',
  'day',
  'isoWeekYear',
  'isoWeek',
  'isoDayOfWeek',
  'hour',
  'minute',
  'second',
  'millisecond',
];

const fromParts = named(
  '$dateFromParts',
  [],
  [...PARTS, 'timezone'],
  (values) => {
    const zone = zoneOf(values);
    const given = PARTS.filter((key) => key in values);
    if (zone === null || given.some((key) => isNullish(values[key]))) return null;
    const number = (key: string, fallback: number): number => partNumber(key, values, fallback);
    const time = {
      hour: number('hour', 0),
      minute: number('minute', 0),
      second: number('second', 0),
      millisecond: number('millisecond', 0),
    };
    if ('isoWeekYear' in values) {
      if ('year' in values)
        throw new QueryError(40489, '$dateFromParts does not allow mixing natural dates with ISO dates');
      const days = (number('isoWeek', 1) - 1) * 7 + number('isoDayOfWeek', 1) - 1;
      const start = isoYearStart(number('isoWeekYear', 1970)) + days * DAY;
      return new Date(instantOf(start + localOf({ year: 1970, month: 1, day: 1, ...time }), zone));
    }
    if (!('year' in values))
      throw new QueryError(40516, `$dateFromParts requires either 'year' or 'isoWeekYear' to be present`);
    return new Date(
      instantOf(
        localOf({ year: number('year', 1970), month: number('month', 1), day: number('day', 1), ...time }),
        zone,
      ),
    );
  },
  40519,
);

function partNumber(key: string, values: Record<string, Argument>, fallback: number): number {
  if (!(key in values)) return fallback;
  const whole = wholeNumber(values[key]);
  if (whole === undefined) {
    throw new QueryError(40515, `'${key}' must evaluate to an integer, found ${typeName(values[key])}`);
  }
  const year = key === 'year' || key === 'isoWeekYear';
  if (year && (whole < 1 || whole > 9999)) {
    throw new QueryError(
      40523,
      `'${key}' must evaluate to an integer in the range 1 to 9999, found ${String(whole)}`,
    );
  }
  if (!year && key !== 'second' && key !== 'millisecond' && Math.abs(whole) > 32767) {
    throw new QueryError(31034, `'${key}' must evaluate to a value in the range [-32768, 32767]`);
  }
  return whole;
}

export const dateParts: Family = {
  $year: field('$year', 'year'),
  $month: field('$month', 'month'),
  $dayOfMonth: field('$dayOfMonth', 'day'),
  $hour: field('$hour', 'hour'),
  $minute: field('$minute', 'minute'),
  $second: field('$second', 'second'),
  $millisecond: field('$millisecond', 'millisecond'),
  $dayOfYear: part('$dayOfYear', dayOfYear),
  $dayOfWeek: part('$dayOfWeek', (local) => weekday(local) + 1),
  $isoDayOfWeek: part('$isoDayOfWeek', isoWeekday),
  $week: part('$week', week),
  $isoWeek: part('$isoWeek', (local) => isoWeek(local).week),
  $isoWeekYear: part('$isoWeekYear', (local) => BigInt(isoWeek(local).year)),
  $dateToParts: toParts,
  $dateFromParts: fromParts,
};
