// What an address asks of a year: the cut-off, filters, measure and dimensions. Anything unknown is a problem in words; whether
// the members of its filters exist is asked in ask-year.ts.
import {
  dimensions,
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
  /** False where a filter names what there is not: a number would be 0, or another one than was asked for, so none is shown. */
  readonly countable: boolean;
  readonly errors: readonly FieldError[];
}

/** The dimensions the figures of a year may be filtered by; none describes a person, so no number needs withholding. */
export const yearFilters = ['area', 'centre', 'fundingSource'] as const satisfies readonly Dimension[];

/** What an address of a year may name besides filters. */
const otherNames = ['asOf', 'measure', 'rows', 'columns', 'page'];

/** The question with its problems; a filter outside `allowed` is one. Throws NotFound for a year that is none. */
export function readQuestion(exchange: Exchange, allowed: readonly Dimension[]): Question {
  const year = Number(exchange.params['year']);
  if (!/^\d{4}$/.test(exchange.params['year'] ?? '') || year < 2000 || year > 2100) throw new NotFound();
  const errors: FieldError[] = [];
  const asOf = (exchange.query['asOf'] ?? '').trim();
  const cutOff = readCutOff(asOf, exchange.now);
  if (cutOff === null) errors.push({ field: 'asOf', message: exchange.t('years.asOfUnreadable') });
  const asked = readConditions(exchange);
  for (const dimension of new Set(asked.map((one) => one.dimension)))
    if (!allowed.includes(dimension))
      errors.push({
        field: dimension,
        message: exchange.t('years.filterRefused', { dimension: exchange.t(`years.dimension.${dimension}`) }),
      });
  const stranger = Object.keys(exchange.query).find(
    (name) => !otherNames.includes(name) && !dimensions.some((one) => one === name),
  );
  if (stranger !== undefined)
    errors.push({
      field: '',
      message: exchange.t('years.filterUnknown', { name: stranger.slice(0, 64) }),
    });
  return {
    year,
    cutOff: cutOff ?? exchange.now,
    asOf: cutOff === null ? '' : asOf,
    where: asked.filter(({ dimension }) => allowed.includes(dimension)),
    countable: stranger === undefined,
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

/** Each dimension may be a filter of its own name; several members between commas must all hold, each is named once. */
function readConditions({ query }: Exchange): Condition[] {
  return dimensions.flatMap((dimension) => {
    const members = (query[dimension] ?? '').split(',').map((member) => member.trim().slice(0, 64));
    return [...new Set(members)].filter((member) => member !== '').map((member) => ({ dimension, member }));
  });
}

/** A key of the address that must be one of a list: the key, or the given one and a problem in words. */
export function readKey<K extends string>(
  exchange: Exchange,
  given: { name: 'measure' | 'rows' | 'columns'; allowed: readonly K[]; otherwise: K },
): { key: K; errors: readonly FieldError[] } {
  const asked = exchange.query[given.name] ?? '';
  const key = given.allowed.find((one) => one === asked);
  return {
    key: key ?? given.otherwise,
    errors:
      key !== undefined || asked === ''
        ? []
        : [
            {
              field: given.name,
              message: exchange.t(
                given.name === 'measure' ? 'years.measureUnknown' : 'years.dimensionUnknown',
                {
                  asked: asked.slice(0, 64),
                },
              ),
            },
          ],
  };
}

/** The measure of an address. */
export function readMeasure<M extends MeasureName>(exchange: Exchange, allowed: readonly M[], otherwise: M) {
  const { key, errors } = readKey(exchange, { name: 'measure', allowed, otherwise });
  return { measure: key, errors };
}

/** Conditions as the query values of a link; several of one dimension stand between commas. */
export function conditionQuery(where: readonly Condition[]): Record<string, string> {
  const members = new Map<string, Set<string>>();
  for (const { dimension, member } of where)
    members.set(dimension, (members.get(dimension) ?? new Set()).add(member));
  return Object.fromEntries([...members].map(([dimension, own]) => [dimension, [...own].join(',')]));
}

/** The member of a month, 1 to 12. */
export function monthKey(month: number): string {
  return String(month).padStart(2, '0');
}

/** What a page says about problems in its address; those of a field it does not show lead nowhere. */
export function problemOptions(errors: readonly FieldError[], fields: readonly string[]) {
  return {
    errors: errors.map(({ field, message }) => ({ field: fields.includes(field) ? field : '', message })),
    status: errors.length > 0 ? 422 : 200,
  };
}
