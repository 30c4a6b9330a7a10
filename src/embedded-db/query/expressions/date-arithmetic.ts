// Date arithmetic: $dateAdd, $dateSubtract, $dateDiff, $dateTrunc.

import { addMonths, DAY, dayNumber, fieldsOf, midnight } from '../dates/calendar.ts';
import { instantOf, type Zone } from '../dates/zone.ts';
import { QueryError } from '../errors.ts';
import { isNullish, typeName, wholeNumber } from '../types.ts';
import { named, type Argument, type Family, type Operator } from './compiler.ts';
import { dateOf, startOfWeekOf, UNIT_LENGTH, unitOf, zoneOf, type Unit } from './date-arguments.ts';

const MONTHS = { year: 12, quarter: 3, month: 1 } as const;

function isMonths(unit: Unit): unit is keyof typeof MONTHS {
  return unit in MONTHS;
}

function valid(instant: number): Date {
  if (!(Math.abs(instant) <= 8.64e15)) throw new QueryError(15, 'date overflow');
  return new Date(instant);
}

function shifting(name: '$dateAdd' | '$dateSubtract', sign: 1 | -1): Operator {
  return named(
    name,
    ['startDate', 'unit', 'amount'],
    ['timezone'],
    (values) => {
      const zone = zoneOf(values);
      const { startDate, unit: unitValue, amount: amountValue } = values;
      if (isNullish(startDate) || isNullish(unitValue) || isNullish(amountValue) || zone === null)
        return null;
      const unit = unitOf(name, unitValue);
      const amount = wholeNumber(amountValue);
      if (amount === undefined) throw new QueryError(5166405, `${name} expects integer amount of time units`);
      return shift(dateOf(startDate).getTime(), unit, amount * sign, zone);
    },
    5166401,
  );
}

function shift(instant: number, unit: Unit, amount: number, zone: Zone): Date {
  if (!isMonths(unit) && unit !== 'week' && unit !== 'day')
    return valid(instant + amount * UNIT_LENGTH[unit]);
  const local = instant + zone.offsetAt(instant);
  const moved = isMonths(unit) ? addMonths(local, amount * MONTHS[unit]) : local + amount * UNIT_LENGTH[unit];
  return valid(instantOf(moved, zone));
}

const difference = named(
  '$dateDiff',
  ['startDate', 'endDate', 'unit'],
  ['timezone', 'startOfWeek'],
  (values) => {
    const zone = zoneOf(values);
    const { startDate, endDate, unit: unitValue } = values;
    if (isNullish(startDate) || isNullish(endDate) || isNullish(unitValue) || zone === null) return null;
    const unit = unitOf('$dateDiff', unitValue);
    if (unit === 'week' && 'startOfWeek' in values && isNullish(values['startOfWeek'])) return null;
    const first = unit === 'week' ? startOfWeekOf('$dateDiff', values['startOfWeek']) : 0;
    const [start, end] = [dateOf(startDate).getTime(), dateOf(endDate).getTime()];
    return BigInt(boundaries(end, unit, zone, first) - boundaries(start, unit, zone, first));
  },
  5166302,
);

// How many boundaries of a unit lie before an instant, up to a constant.
function boundaries(instant: number, unit: Unit, zone: Zone, startOfWeek: number): number {
  const offset = zone.offsetAt(instant);
  const local = instant + offset;
  if (isMonths(unit)) {
    const { year, month } = fieldsOf(local);
    return Math.floor((year * 12 + month - 1) / MONTHS[unit]);
  }
  // 1970-01-01 was a Thursday.
  if (unit === 'week') return Math.floor((dayNumber(local) + 4 - startOfWeek) / 7);
  if (unit === 'day') return dayNumber(local);
  return Math.floor(local / UNIT_LENGTH[unit]) - Math.trunc(offset / UNIT_LENGTH[unit]);
}

const truncation = named(
  '$dateTrunc',
  ['date', 'unit'],
  ['binSize', 'timezone', 'startOfWeek'],
  (values) => {
    const zone = zoneOf(values);
    const { date, unit: unitValue } = values;
    if (isNullish(date) || isNullish(unitValue) || zone === null) return null;
    if ('binSize' in values && isNullish(values['binSize'])) return null;
    const unit = unitOf('$dateTrunc', unitValue);
    if (unit === 'week' && 'startOfWeek' in values && isNullish(values['startOfWeek'])) return null;
    const first = unit === 'week' ? startOfWeekOf('$dateTrunc', values['startOfWeek']) : 0;
    return truncate(dateOf(date).getTime(), unit, binSizeOf(values), zone, first);
  },
  5439007,
);

function binSizeOf(values: Record<string, Argument>): number {
  if (!('binSize' in values)) return 1;
  const size = wholeNumber(values['binSize']);
  if (size === undefined) {
    throw new QueryError(
      5439017,
      `$dateTrunc requires 'binSize' to be a 64-bit integer, but got ${typeName(values['binSize'])}`,
    );
  }
  if (size <= 0)
    throw new QueryError(
      5439018,
      `$dateTrunc requires 'binSize' to be greater than 0, but got ${String(size)}`,
    );
  return size;
}

// Bins count from 2000-01-01 in the time zone (a Saturday), weeks from the first start of a week after it.
function truncate(instant: number, unit: Unit, size: number, zone: Zone, startOfWeek: number): Date {
  const local = instant + zone.offsetAt(instant);
  const origin = midnight(2000, 1, 1);
  if (isMonths(unit)) {
    const { year, month } = fieldsOf(local);
    const bin = MONTHS[unit] * size;
    const months = Math.floor(((year - 2000) * 12 + month - 1) / bin) * bin;
    return valid(instantOf(addMonths(origin, months), zone));
  }
  const length = UNIT_LENGTH[unit] * size;
  if (unit === 'week' || unit === 'day') {
    const from = unit === 'week' ? origin + ((startOfWeek + 1) % 7) * DAY : origin;
    return valid(instantOf(from + Math.floor((local - from) / length) * length, zone));
  }
  const from = instantOf(origin, zone);
  return valid(from + Math.floor((instant - from) / length) * length);
}

export const dateArithmetic: Family = {
  $dateAdd: shifting('$dateAdd', 1),
  $dateSubtract: shifting('$dateSubtract', -1),
  $dateDiff: difference,
  $dateTrunc: truncation,
};
