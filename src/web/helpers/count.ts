// {{count total}} 51,990; {{count hours decimals=1}}; null draws — (not applicable).
import { formatCount } from '../formatting/format-count.ts';
import type { HelperOptions } from './helper-tools.ts';
import { refuse } from './helper-tools.ts';

/** A number with commas; text such as <5 or … passes as it is. */
export function count(value: unknown, options: HelperOptions): string {
  if (value === null) return '—';
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') refuse('count', value);
  return formatCount(value, (options.hash as { decimals?: number }).decimals ?? 2);
}
