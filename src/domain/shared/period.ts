// A period is a run of calendar days, from its first day up to, not including, its end (domain 8.1).
import { addDays, type CalendarDay, yearOf } from './calendar-day.ts';

export interface Period {
  readonly from: CalendarDay;
  /** The first day after the period. */
  readonly until: CalendarDay;
}

export function yearPeriod(year: number): Period {
  return months(year, 1, 12);
}

/** Half 1 or 2 of a year. */
export function halfYearPeriod(year: number, half: number): Period {
  return months(year, half * 6 - 5, 6);
}

/** Quarter 1 to 4 of a year. */
export function quarterPeriod(year: number, quarter: number): Period {
  return months(year, quarter * 3 - 2, 3);
}

/** Month 1 to 12 of a year. */
export function monthPeriod(year: number, month: number): Period {
  return months(year, month, 1);
}

/** From 1 January up to and including the day. */
export function yearToDate(day: CalendarDay): Period {
  return { from: `${day.slice(0, 4)}-01-01`, until: addDays(day, 1) };
}

/** The same period one year before; 29 February becomes 28 February. */
export function samePeriodLastYear(period: Period): Period {
  return { from: lastYear(period.from), until: lastYear(period.until) };
}

export function isWithin(period: Period, day: CalendarDay): boolean {
  return period.from <= day && day < period.until;
}

function months(year: number, first: number, count: number): Period {
  if (!Number.isInteger(year) || first < 1 || first + count > 13)
    throw new RangeError(`Months ${first} to ${first + count - 1} are no period of a year`);
  return { from: firstOfMonth(year, first), until: firstOfMonth(year, first + count) };
}

function firstOfMonth(year: number, month: number): CalendarDay {
  return month > 12 ? `${year + 1}-01-01` : `${year}-${String(month).padStart(2, '0')}-01`;
}

function lastYear(day: CalendarDay): CalendarDay {
  const rest = day.endsWith('-02-29') ? '-02-28' : day.slice(4);
  return `${yearOf(day) - 1}${rest}`;
}
