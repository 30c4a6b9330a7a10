// Dates from text: ISO 8601, and the explicit formats of $dateFromString.

import { QueryError, unsupported } from '../errors.ts';
import { fieldsOf, localOf, type DateFields } from './calendar.ts';
import { instantOf, UTC, zoneNamed, type Zone } from './zone.ts';

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/;

const failure = (text: string, why: string): QueryError =>
  new QueryError(241, `Error parsing date string '${text}'; ${why}`);

/** The instant an ISO 8601 text names, in `zone` where it names none; 241 for impossible dates, refused in other forms. */
export function parseIsoDate(text: string, zone?: Zone): Date {
  const found = ISO.exec(text);
  if (found === null) {
    if (text === '') throw failure(text, 'an incomplete date/time string has been found');
    throw unsupported(`Reading a date that is not written as ISO 8601`);
  }
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset] = found;
  if (offset !== undefined && zone !== undefined) {
    throw failure(text, 'a time zone in the text and a timezone argument exclude each other');
  }
  return dateOf(
    text,
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      millisecond: Number(fraction.padEnd(3, '0').slice(0, 3)),
    },
    offset === undefined ? (zone ?? UTC) : zoneNamed(offset),
  );
}

function dateOf(text: string, fields: DateFields, zone: Zone): Date {
  const local = localOf(fields);
  const back = fieldsOf(local);
  const same = (Object.keys(fields) as (keyof DateFields)[]).every((key) => back[key] === fields[key]);
  if (!same) throw failure(text, 'the parsed date was invalid');
  return new Date(instantOf(local, zone));
}

const SPECIFIERS: Readonly<Record<string, [keyof DateFields, string]>> = {
  Y: ['year', '\\d{4}'],
  m: ['month', '\\d{1,2}'],
  d: ['day', '\\d{1,2}'],
  H: ['hour', '\\d{1,2}'],
  M: ['minute', '\\d{1,2}'],
  S: ['second', '\\d{1,2}'],
  L: ['millisecond', '\\d{1,3}'],
};

/** The instant that `text` names in a format of $dateFromString; 241 where it does not fit. */
export function parseFormattedDate(text: string, format: string, zone?: Zone): Date {
  const read: (keyof DateFields | 'zone')[] = [];
  const source = format.replace(/%(.?)|[\\^$.*+?()[\]{}|]/gs, (found: string, letter: string | undefined) => {
    if (letter === undefined) return `\\${found}`;
    if (letter === '%') return '%';
    if (letter === 'z' || letter === 'Z') {
      read.push('zone');
      return letter === 'z' ? '(Z|[+-]\\d{2}:?\\d{2})' : '([+-]\\d{1,4})';
    }
    const specifier = SPECIFIERS[letter];
    if (specifier === undefined) throw unsupported(`The format %${letter} in $dateFromString`);
    read.push(specifier[0]);
    return `(${specifier[1]})`;
  });
  const found = new RegExp(`^${source}$`).exec(text);
  if (found === null) throw failure(text, `it does not fit the format '${format}'`);
  const fields: DateFields = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 };
  let own: Zone | undefined;
  read.forEach((key, index) => {
    const part = found[index + 1]!;
    if (key === 'zone') own = zoneOfText(part);
    else fields[key] = Number(key === 'millisecond' ? part.padEnd(3, '0') : part);
  });
  if (own !== undefined && zone !== undefined)
    throw failure(text, 'a time zone in the text and a timezone argument exclude each other');
  return dateOf(text, fields, own ?? zone ?? UTC);
}

function zoneOfText(part: string): Zone {
  if (!/^[+-]\d{1,4}$/.test(part) || part.length === 5) return zoneNamed(part);
  const offset = Number(part) * 60_000;
  return { utc: offset === 0, offsetAt: () => offset };
}
