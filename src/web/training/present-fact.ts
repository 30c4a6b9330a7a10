// One fact of a training session in words.
import type { Reference } from '../../domain/reference/reference.ts';
import { isCalendarDay } from '../../domain/shared/calendar-day.ts';
import type { SessionFacts } from '../../domain/training/session-rules.ts';
import { formatCount } from '../formatting/format-count.ts';
import { formatDay } from '../formatting/format-day.ts';
import { formatQuantity } from '../formatting/format-unit.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { areaName, levelName, occupationName } from '../presenting/names.ts';

/** The value of a field as a reader sees it; an em dash for none. */
export function presentFact(
  reference: Reference,
  exchange: Exchange,
  field: keyof SessionFacts,
  value: unknown,
  names: ReadonlyMap<string, string> = new Map(),
): string {
  if (value === null || value === undefined || value === '') return '—';
  const text = String(value);
  if (field === 'evaluatorId') return names.get(text) ?? '—';
  if (field === 'occupationCode') return occupationName(reference, exchange.lang, text);
  if (field === 'skillLevel') return levelName(exchange.lang, text);
  if (field === 'areaCode') return areaName(reference, exchange.lang, text);
  if (field === 'kind') return exchange.t(`training.kind.${text}`);
  if (field === 'fundingSource') return exchange.t(`training.fund.${text}`);
  if (field === 'subsidised') return exchange.t(`training.field.subsidised.${value === true ? 'yes' : 'no'}`);
  if (field === 'capacity' && typeof value === 'number')
    return formatQuantity(exchange.lang, value, 'people');
  if (isCalendarDay(text)) return formatDay(exchange.lang, text);
  return typeof value === 'number' ? formatCount(value) : text;
}
