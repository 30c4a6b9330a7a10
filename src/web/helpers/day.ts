// {{day startsOn}} 2021年3月5日 / 5 March 2021; {{day startsOn until=endsOn}} a range; null or '' draws —.
import { formatDay, formatDayRange } from '../formatting/format-day.ts';
import type { HelperOptions } from './helper-tools.ts';
import { frameOf, refuse } from './helper-tools.ts';

/** A yyyy-mm-dd day, or two, in the page's language. */
export function day(value: unknown, options: HelperOptions): string {
  const until = (options.hash as { until?: unknown }).until;
  if (value === null || value === '') return '—';
  if (typeof value !== 'string') refuse('day', value);
  const { lang } = frameOf(options);
  return typeof until === 'string' && until !== ''
    ? formatDayRange(lang, value, until)
    : formatDay(lang, value);
}
