// The units a number may carry (pages.md §5): a figure without one of these is refused.
import { formatCount } from './format-count.ts';
import type { Lang } from './lang.ts';

/** zh, English plural, English singular. */
export const units = {
  persons: ['人', 'persons', 'person'],
  people: ['人', 'people', 'person'],
  personTimes: ['人次', 'person-times', 'person-time'],
  enterprises: ['家', 'enterprises', 'enterprise'],
  studios: ['家', 'studios', 'studio'],
  platforms: ['家', 'platforms', 'platform'],
  centres: ['家', 'centres', 'centre'],
  enterpriseTimes: ['家次', 'enterprise-times', 'enterprise-time'],
  classes: ['期', 'classes', 'class'],
  certificates: ['本', 'certificates', 'certificate'],
  classHours: ['课时', 'class hours', 'class hour'],
  fairs: ['场', 'fairs', 'fair'],
  lines: ['条', 'lines', 'line'],
  schools: ['所', 'schools', 'school'],
  items: ['项', 'items', 'item'],
  rows: ['行', 'rows', 'row'],
  points: ['个百分点', 'points', 'point'],
  posts: ['个', 'posts', 'post'],
  tenThousandYuan: ['万元', '10,000 yuan', '10,000 yuan'],
  percent: ['%', '%', '%'],
} as const satisfies Record<string, readonly [string, string, string]>;

export type Unit = keyof typeof units;

/** Whether a text names a unit of §5. */
export function isUnit(value: unknown): value is Unit {
  return typeof value === 'string' && Object.hasOwn(units, value);
}

/** The unit's word; English has a singular when `count` is 1. */
export function formatUnit(lang: Lang, unit: Unit, count?: number): string {
  const [zh, plural, singular] = units[unit];
  if (lang === 'zh') return zh;
  return count === 1 ? singular : plural;
}

/** A number with its unit: 5,901 人 / 5,901 persons; percent stands close. */
export function formatQuantity(lang: Lang, count: number, unit: Unit): string {
  const space = unit === 'percent' ? '' : ' ';
  return `${formatCount(count)}${space}${formatUnit(lang, unit, count)}`;
}
