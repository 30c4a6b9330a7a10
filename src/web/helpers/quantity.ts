// {{quantity 5901 "persons"}} 5,901 人 / 5,901 persons.
import { formatQuantity, isUnit } from '../formatting/format-unit.ts';
import type { HelperOptions } from './helper-tools.ts';
import { frameOf, refuse } from './helper-tools.ts';

/** A number with its unit; null draws —. */
export function quantity(value: unknown, name: unknown, options: HelperOptions): string {
  if (!isUnit(name)) refuse('quantity', name);
  if (value === null) return '—';
  if (typeof value !== 'number') refuse('quantity', value);
  return formatQuantity(frameOf(options).lang, value, name);
}
