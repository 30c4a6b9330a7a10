// Calendar arithmetic on local times, given as the milliseconds that UTC would have.

/** Local time of day and ISO date. */
export interface DateFields {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

export const DAY = 86_400_000;

/** The fields of a local time; `month` counts from 1. */
export function fieldsOf(local: number): DateFields {
  const date = new Date(local);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/** The local time of fields; values out of range carry over, and the year is taken as it is. */
export function localOf(fields: DateFields): number {
  const date = new Date(0);
  date.setUTCFullYear(fields.year, fields.month - 1, fields.day);
  const time = fields.hour * 3_600_000 + fields.minute * 60_000 + fields.second * 1000 + fields.millisecond;
  return date.getTime() + time;
}

/** Midnight of a calendar day. */
export function midnight(year: number, month: number, day: number): number {
  return localOf({ year, month, day, hour: 0, minute: 0, second: 0, millisecond: 0 });
}

/** Days since 1970-01-01. */
export function dayNumber(local: number): number {
  return Math.floor(local / DAY);
}

/** 0 Sunday to 6 Saturday. */
export function weekday(local: number): number {
  return (((dayNumber(local) + 4) % 7) + 7) % 7;
}

/** 1 Monday to 7 Sunday. */
export function isoWeekday(local: number): number {
  return ((weekday(local) + 6) % 7) + 1;
}

/** 1 to 366. */
export function dayOfYear(local: number): number {
  return dayNumber(local) - dayNumber(midnight(fieldsOf(local).year, 1, 1)) + 1;
}

/** The week of the year with weeks that begin on Sunday, 0 before the first of them. */
export function week(local: number): number {
  return Math.floor((dayOfYear(local) + 6 - weekday(local)) / 7);
}

/** The ISO week and the year it belongs to. */
export function isoWeek(local: number): { year: number; week: number } {
  const thursday = local + (4 - isoWeekday(local)) * DAY;
  const { year } = fieldsOf(thursday);
  return { year, week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1 };
}

/** The Monday on which an ISO year begins. */
export function isoYearStart(year: number): number {
  const fourth = midnight(year, 1, 4);
  return fourth - (isoWeekday(fourth) - 1) * DAY;
}

/** The local time `months` later; a day that the month does not have becomes its last. */
export function addMonths(local: number, months: number): number {
  const fields = fieldsOf(local);
  const total = fields.year * 12 + fields.month - 1 + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  const last = fieldsOf(midnight(year, month + 1, 0)).day;
  return localOf({ ...fields, year, month, day: Math.min(fields.day, last) });
}
