// A calendar day is yyyy-mm-dd as the wall calendar in Shanghai shows it; it carries no clock and no zone.

export type CalendarDay = string;

const shanghaiOffset = 8 * 3_600_000;
const dayMilliseconds = 86_400_000;

/** Whether the text is an existing day written yyyy-mm-dd, 1800 to 2200. */
export function isCalendarDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseCalendarDay(text) === text;
}

/** The day meant by 2021-3-5, 2021/3/5, 2021.3.5, 20210305 or 2021年3月5日 (any width, a time of day is dropped), or null when there is no such day. */
export function parseCalendarDay(typed: string): CalendarDay | null {
  const text = typed.normalize('NFKC').trim();
  const match =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$/.exec(text);
  if (match === null) return null;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1800 || year > 2200) return null;
  const instant = new Date(Date.UTC(year, month - 1, date));
  const exists = instant.getUTCMonth() === month - 1 && instant.getUTCDate() === date;
  return exists ? instant.toISOString().slice(0, 10) : null;
}

/** The calendar day in Shanghai at an instant. */
export function dayOf(instant: Date): CalendarDay {
  return new Date(instant.getTime() + shanghaiOffset).toISOString().slice(0, 10);
}

/** The instant at which the day begins in Shanghai. */
export function startOfDay(day: CalendarDay): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - shanghaiOffset);
}

export function addDays(day: CalendarDay, days: number): CalendarDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10);
}

/** Days from one day to a later one; negative when it is earlier. */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMilliseconds);
}

export function yearOf(day: CalendarDay): number {
  return Number(day.slice(0, 4));
}

/** 1 to 12. */
export function monthOf(day: CalendarDay): number {
  return Number(day.slice(5, 7));
}

/** Completed years of age on a day; somebody born on 29 February turns on 1 March in other years. */
export function ageOn(birthDay: CalendarDay, day: CalendarDay): number {
  const years = yearOf(day) - yearOf(birthDay);
  return day.slice(5) < birthDay.slice(5) ? years - 1 : years;
}

/** The day of the week, 1 Monday to 7 Sunday. */
export function weekdayOf(day: CalendarDay): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The Monday of the day's week. */
export function mondayOf(day: CalendarDay): CalendarDay {
  return addDays(day, 1 - weekdayOf(day));
}

/** Monday to Friday; public holidays are not known here. */
export function isWorkday(day: CalendarDay): boolean {
  return weekdayOf(day) <= 5;
}
