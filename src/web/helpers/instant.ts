// {{instant savedAt}} a <time> such as 2021年12月17日 16:02; form="short" 2021-12-17 16:02; form="time" 16:02.
// (instantText savedAt form="time") is the same as plain text, for a parameter of another sentence.
import Handlebars from 'handlebars';
import { formatInstant, formatShortInstant, formatTime } from '../formatting/format-instant.ts';
import type { HelperOptions } from './helper-tools.ts';
import { frameOf, refuse } from './helper-tools.ts';

/** A Date on Shanghai's clock inside a <time>; null draws —. */
export function instant(value: unknown, options: HelperOptions): string | Handlebars.SafeString {
  const text = instantText(value, options);
  if (!(value instanceof Date)) return text;
  const shown = Handlebars.escapeExpression(text);
  return new Handlebars.SafeString(`<time datetime="${value.toISOString()}">${shown}</time>`);
}

/** A Date on Shanghai's clock as text; null gives —. */
export function instantText(value: unknown, options: HelperOptions): string {
  if (value === null) return '—';
  if (!(value instanceof Date)) refuse('instant', value);
  const form = (options.hash as { form?: string }).form;
  if (form === 'short') return formatShortInstant(value);
  return form === 'time' ? formatTime(value) : formatInstant(frameOf(options).lang, value);
}

/** (iso instant): the machine's form, 2021-12-17T08:02:00.000Z. */
export function iso(value: unknown): string {
  if (!(value instanceof Date)) refuse('iso', value);
  return value.toISOString();
}
