// What an address asks of a year: the cut-off, filters, measure and dimensions. Anything unknown is a problem in words,
// and is then left out.
import {
  dimensions,
  measureNames,
  type Condition,
  type Dimension,
  type MeasureName,
} from '../../domain/headcounts/index.ts';
import { NotFound } from '../../domain/shared/errors.ts';
import { addDays, isCalendarDay, startOfDay } from '../../domain/shared/calendar-day.ts';
import type { FieldError } from '../frame.ts';
import type { Exchange } from '../kernel/exchange.ts';

export interface Question {
  readonly year: number;
  /** What was recorded later is not known; never after now. */
  readonly cutOff: Date;
  /** The cut-off as it stands in the address; '' for now. */
  readonly asOf: string;
  readonly where: readonly Condition[];
  readonly errors: readonly FieldError[];
}

/** Throws NotFound for a year that is none. */
export function readQuestion(exchange: Exchange): Question {
  const year = Number(exchange.params['year']);
  if (!/^\d{4}$/.test(exchange.params['year'] ?? '') || year < 2000 || year > 2100) throw new NotFound();
  const errors: FieldError[] = [];
  const asOf = (exchange.query['asOf'] ?? '').trim();
  const cutOff = readCutOff(asOf, exchange.now);
  if (cutOff === null) errors.push({ field: 'asOf', message: exchange.t('years.asOfUnreadable') });
  return {
    year,
    cutOff: cutOff ?? exchange.now,
    asOf: cutOff === null ? '' : asOf,
    where: readConditions(exchange),
    errors,
  };
}

/** A day stands for its end in Shanghai, an instant for itself, nothing for now; null when it is neither. */
function readCutOff(text: string, now: Date): Date | null {
  if (text === '') return now;
  const instant = isCalendarDay(text) ? startOfDay(addDays(text, 1)) : new Date(text);
  const readable = isCalendarDay(text) || /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text);
  if (!readable || Number.isNaN(instant.getTime())) return null;
  return instant.getTime() < now.getTime() ? instant : now;
}

/** Each dimension may be a filter of its own name. */
function readConditions({ query }: Exchange): Condition[] {
  return dimensions.flatMap((dimension) => {
    const member = (query[dimension] ?? '').trim();
    return member === '' || member.length > 64 ? [] : [{ dimension, member }];
  });
}

/** The measure asked for, else the given one. */
export function readMeasure<M extends MeasureName>(
  exchange: Exchange,
  allowed: readonly M[],
  otherwise: M,
): M {
  return allowed.find((one) => one === exchange.query['measure']) ?? otherwise;
}

/** The dimension under a name, else the given one. */
export function readDimension(exchange: Exchange, name: string, otherwise: Dimension): Dimension {
  return dimensions.find((one) => one === exchange.query[name]) ?? otherwise;
}

export const allMeasures = measureNames;

/** Conditions as the query values of a link. */
export function conditionQuery(where: readonly Condition[]): Record<string, string> {
  return Object.fromEntries(where.map(({ dimension, member }) => [dimension, member]));
}

/** The member of a month, 1 to 12. */
export function monthKey(month: number): string {
  return String(month).padStart(2, '0');
}
