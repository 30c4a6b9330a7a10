// Calendar days in prose: 2021年3月5日 / 5 March 2021 (pages.md §5). Tables show the yyyy-mm-dd string itself.
import { weekdayOf } from '../../domain/shared/calendar-day.ts';
import type { Lang } from './lang.ts';

export const monthNames = [
  ['January', 'Jan'],
  ['February', 'Feb'],
  ['March', 'Mar'],
  ['April', 'Apr'],
  ['May', 'May'],
  ['June', 'Jun'],
  ['July', 'Jul'],
  ['August', 'Aug'],
  ['September', 'Sep'],
  ['October', 'Oct'],
  ['November', 'Nov'],
  ['December', 'Dec'],
] as const;

/** A `yyyy-mm-dd` day in words; throws for anything else. */
export function formatDay(lang: Lang, day: string): string {
  const { year, month, date } = readDay(day);
  return lang === 'zh' ? `${year}年${month}月${date}日` : `${date} ${monthName(month)} ${year}`;
}

/** Two days without repeating what they share: 3月5日至9日 / 5 to 9 March, the year always stated once. */
export function formatDayRange(lang: Lang, from: string, until: string): string {
  if (from === until) return formatDay(lang, from);
  const a = readDay(from);
  const b = readDay(until);
  const sameMonth = a.year === b.year && a.month === b.month;
  if (lang === 'zh') {
    if (sameMonth) return `${formatDay(lang, from)}至${b.date}日`;
    if (a.year === b.year) return `${formatDay(lang, from)}至${b.month}月${b.date}日`;
    return `${formatDay(lang, from)}至${formatDay(lang, until)}`;
  }
  if (sameMonth) return `${a.date} to ${formatDay(lang, until)}`;
  if (a.year === b.year) return `${a.date} ${monthName(a.month)} to ${formatDay(lang, until)}`;
  return `${formatDay(lang, from)} to ${formatDay(lang, until)}`;
}

const weekdays = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const;

/** The day of the week: 周五 / Fri. */
export function formatWeekday(lang: Lang, day: string): string {
  return weekdays[lang][weekdayOf(day) - 1]!;
}

/** A `yyyy-mm` month in words: 2021年12月 / December 2021. */
export function formatMonth(lang: Lang, month: string): string {
  const { year, month: number } = readDay(`${month}-01`);
  return lang === 'zh' ? `${year}年${number}月` : `${monthName(number)} ${year}`;
}

/** A month without its year, short: 5月 / May. */
export function formatMonthOnly(lang: Lang, month: number): string {
  return lang === 'zh' ? `${month}月` : (monthNames[month - 1]?.[1] ?? String(month));
}

/** 11月 / November, for a sentence. */
export function formatMonthName(lang: Lang, month: number): string {
  return lang === 'zh' ? `${month}月` : (monthNames[month - 1]?.[0] ?? String(month));
}

function readDay(day: string): { year: string; month: number; date: number } {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match?.[1] || !monthNames[Number(match[2]) - 1]) throw new Error(`"${day}" is not a day yyyy-mm-dd.`);
  return { year: match[1], month: Number(match[2]), date: Number(match[3]) };
}

function monthName(month: number): string {
  return monthNames[month - 1]?.[0] ?? '';
}
