// Instants are stored in UTC and shown on the clock of Asia/Shanghai, which is UTC+8 all year since 1992.
import { formatDay } from './format-day.ts';
import type { Lang } from './lang.ts';

const eightHours = 8 * 60 * 60 * 1000;

/** 2021年12月17日 16:02 / 17 December 2021, 16:02. */
export function formatInstant(lang: Lang, instant: Date): string {
  const day = formatDay(lang, shanghaiDay(instant));
  return lang === 'zh' ? `${day} ${formatTime(instant)}` : `${day}, ${formatTime(instant)}`;
}

/** 16:02 on Shanghai's clock. */
export function formatTime(instant: Date): string {
  return shanghaiIso(instant).slice(11, 16);
}

/** The Shanghai calendar day of an instant as yyyy-mm-dd. */
export function shanghaiDay(instant: Date): string {
  return shanghaiIso(instant).slice(0, 10);
}

/** 2021-12-17 16:02, the short form for tables. */
export function formatShortInstant(instant: Date): string {
  return `${shanghaiDay(instant)} ${formatTime(instant)}`;
}

function shanghaiIso(instant: Date): string {
  return new Date(instant.getTime() + eightHours).toISOString();
}
