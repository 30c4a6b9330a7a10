// What the date expressions take: dates, time zones, units, days of the week.

import { ObjectId, Timestamp } from '../bson.ts';
import { UTC, zoneNamed, type Zone } from '../dates/zone.ts';
import { QueryError } from '../errors.ts';
import { isNullish, typeName } from '../types.ts';
import type { Argument } from './compiler.ts';

/** A date, or what carries one; 16006 for other types. */
export function dateOf(value: Argument): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.t * 1000);
  throw new QueryError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

/** The zone of a timezone argument: UTC where it was not given, null where it is null. */
export function zoneOf(values: Record<string, Argument>): Zone | null {
  if (!('timezone' in values)) return UTC;
  const value = values['timezone'];
  if (isNullish(value)) return null;
  if (typeof value !== 'string') {
    throw new QueryError(40517, `timezone must evaluate to a string, found ${typeName(value)}`);
  }
  return zoneNamed(value);
}

const UNITS = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
export type Unit = (typeof UNITS)[number];

/** Milliseconds of the units that have a fixed length. */
export const UNIT_LENGTH = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};

/** A unit's name; 9 for a text that is none. */
export function unitOf(name: string, value: Argument): Unit {
  if (typeof value !== 'string') {
    throw new QueryError(5439013, `${name} requires 'unit' to be a string, but got ${typeName(value)}`);
  }
  const unit = UNITS.find((each) => each === value);
  if (unit === undefined) throw new QueryError(9, `unknown time unit value: ${value}`);
  return unit;
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The first day of the week, 0 Sunday to 6 Saturday; Sunday where it was not given. */
export function startOfWeekOf(name: string, value: Argument): number {
  if (value === undefined) return 0;
  if (typeof value !== 'string') {
    throw new QueryError(
      5439015,
      `${name} requires 'startOfWeek' to be a string, but got ${typeName(value)}`,
    );
  }
  const found = WEEKDAYS.findIndex(
    (day) => day === value.toLowerCase() || day.slice(0, 3) === value.toLowerCase(),
  );
  if (found < 0) throw new QueryError(9, `unknown day of week value: ${value}`);
  return found;
}
