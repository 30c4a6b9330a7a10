// Days and sentences as documents print them, in Chinese and English.
import type { DocumentLanguage } from '../types.ts';

export type Words = Readonly<Record<DocumentLanguage, string>>;

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** 2021年3月5日 or 5 March 2021. */
export function printDay(day: string, lang: DocumentLanguage): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return lang === 'zh' ? `${year}年${month}月${date}日` : `${date} ${months[month - 1]} ${year}`;
}

/** 2021年3月5日至9日 or 5 to 9 March 2021: what both days share is said once. */
export function printPeriod(from: string, to: string, lang: DocumentLanguage): string {
  if (from === to) return printDay(from, lang);
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  const sameMonth = from.slice(0, 7) === to.slice(0, 7);
  if (lang === 'zh') {
    const last = printDay(to, 'zh');
    const shared = sameMonth ? last.indexOf('月') + 1 : sameYear ? last.indexOf('年') + 1 : 0;
    return `${printDay(from, 'zh')}至${last.slice(shared)}`;
  }
  const words = printDay(from, 'en').split(' ');
  return `${words.slice(0, sameMonth ? 1 : sameYear ? 2 : 3).join(' ')} to ${printDay(to, 'en')}`;
}

/** The sentence with {names} replaced; throws for a name without a value. */
export function fillWords(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The sentence "${sentence}" lacks ${name}`);
    return String(value);
  });
}

/** The instant at which a day begins in Shanghai: the creation date of a document that only knows its day. */
export function instantOf(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00+08:00`));
}
