// Dates to and from text: $dateToString, $dateFromString.

import { dayOfYear, fieldsOf, isoWeek, isoWeekday, week, weekday } from '../dates/calendar.ts';
import { parseFormattedDate, parseIsoDate } from '../dates/parse.ts';
import type { Zone } from '../dates/zone.ts';
import { QueryError } from '../errors.ts';
import { isNullish, typeName } from '../types.ts';
import { namedOperands, type Argument, type Expression, type Family, type Operator } from './compiler.ts';
import { dateOf, zoneOf } from './date-arguments.ts';

const padded = (value: number, places: number): string => String(value).padStart(places, '0');

function offsetText(offset: number): string {
  const minutes = Math.trunc(Math.abs(offset) / 60_000);
  return `${offset < 0 ? '-' : '+'}${padded(Math.trunc(minutes / 60), 2)}${padded(minutes % 60, 2)}`;
}

function year4(year: number): string {
  if (year < 0 || year > 9999)
    throw new QueryError(
      18537,
      `$dateToString is only defined on year 0-9999, tried to use year ${String(year)}`,
    );
  return padded(year, 4);
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']; // prettier-ignore

const SPECIFIERS: Readonly<Record<string, (local: number, offset: number) => string>> = {
  Y: (local) => year4(fieldsOf(local).year),
  m: (local) => padded(fieldsOf(local).month, 2),
  d: (local) => padded(fieldsOf(local).day, 2),
  H: (local) => padded(fieldsOf(local).hour, 2),
  M: (local) => padded(fieldsOf(local).minute, 2),
  S: (local) => padded(fieldsOf(local).second, 2),
  L: (local) => padded(fieldsOf(local).millisecond, 3),
  j: (local) => padded(dayOfYear(local), 3),
  w: (local) => String(weekday(local) + 1),
  u: (local) => String(isoWeekday(local)),
  U: (local) => padded(week(local), 2),
  V: (local) => padded(isoWeek(local).week, 2),
  G: (local) => year4(isoWeek(local).year),
  b: (local) => MONTHS[fieldsOf(local).month - 1]!.slice(0, 3),
  B: (local) => MONTHS[fieldsOf(local).month - 1]!,
  z: (_local, offset) => offsetText(offset),
  Z: (_local, offset) => String(Math.trunc(offset / 60_000)),
  '%': () => '%',
};

function formatDate(date: Date, format: string, zone: Zone): string {
  const offset = zone.offsetAt(date.getTime());
  const local = date.getTime() + offset;
  return format.replace(/%(.?)/gs, (_found, letter: string) => SPECIFIERS[letter]!(local, offset));
}

function checkFormat(name: string, format: string): void {
  for (const [found, letter] of format.matchAll(/%(.?)/gs)) {
    if (letter === '') throw new QueryError(18535, `Unmatched '%' at end of format string`);
    if (!Object.hasOwn(SPECIFIERS, letter!))
      throw new QueryError(18536, `Invalid format character '${found}' in format string of ${name}`);
  }
}

type Values = Record<string, Argument>;

/** Evaluates named arguments; those that were not given are absent. */
function dateOperator(
  name: string,
  required: string[],
  optional: string[],
  code: number,
  apply: (values: Values, fallback: (key: string) => Argument) => Argument,
): Operator {
  return (operand, compiler) => {
    const doc = namedOperands(name, operand, required, optional, code);
    const eager: [string, Expression][] = [];
    const lazy: Record<string, Expression> = {};
    for (const key of [...required, ...optional]) {
      if (doc[key] === undefined) continue;
      if (key === 'onNull' || key === 'onError') lazy[key] = compiler.compile(doc[key]);
      else eager.push([key, compiler.compile(doc[key])]);
    }
    return (root, vars) => {
      const values = Object.fromEntries(eager.map(([key, expression]) => [key, expression(root, vars)]));
      return apply(values, (key) => (lazy[key] === undefined ? null : lazy[key](root, vars)));
    };
  };
}

function formatOf(name: string, values: Values): string | null | undefined {
  if (!('format' in values)) return undefined;
  const format = values['format'];
  if (isNullish(format)) return null;
  if (typeof format !== 'string')
    throw new QueryError(18533, `${name} requires that 'format' be a string, found: ${typeName(format)}`);
  return format;
}

const toText = dateOperator(
  '$dateToString',
  ['date'],
  ['format', 'timezone', 'onNull'],
  18534,
  (values, fallback) => {
    const format = formatOf('$dateToString', values);
    if (typeof format === 'string') checkFormat('$dateToString', format);
    const zone = zoneOf(values);
    if (isNullish(values['date'])) return fallback('onNull');
    if (zone === null || format === null) return null;
    return formatDate(dateOf(values['date']), format ?? `%Y-%m-%dT%H:%M:%S.%L${zone.utc ? 'Z' : ''}`, zone);
  },
);

const fromText = dateOperator(
  '$dateFromString',
  ['dateString'],
  ['format', 'timezone', 'onNull', 'onError'],
  40541,
  (values, fallback) => {
    const { dateString: text } = values;
    const format = formatOf('$dateFromString', values);
    const zone = 'timezone' in values ? zoneOf(values) : undefined;
    if (isNullish(text)) return fallback('onNull');
    if (zone === null || format === null) return null;
    try {
      if (typeof text !== 'string') {
        throw new QueryError(
          241,
          `$dateFromString requires that 'dateString' be a string, found: ${typeName(text)}`,
        );
      }
      return format === undefined ? parseIsoDate(text, zone) : parseFormattedDate(text, format, zone);
    } catch (error) {
      const recovered = fallback('onError');
      if (!(error instanceof QueryError) || error.code !== 241 || recovered === null) throw error;
      return recovered;
    }
  },
);

export const dateStrings: Family = { $dateToString: toText, $dateFromString: fromText };
