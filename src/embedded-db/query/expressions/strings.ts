// Strings: $concat, $toLower, $toUpper, $substr…, $strLen…, $indexOf…, $split, $trim…, $strcasecmp, $replace….

import { compareStrings } from '../compare.ts';
import { QueryError } from '../errors.ts';
import { isNullish, typeName, wholeNumber } from '../types.ts';
import { binary, named, unary, variadic, type Argument, type Family, type Operator } from './compiler.ts';
import { coercedText } from './numbers-as-text.ts';

// Only ASCII letters change case in MongoDB.
const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
const upper = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

function concat(values: Argument[]): Argument {
  let text = '';
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string') {
      throw new QueryError(16702, `$concat only supports strings, not ${typeName(value)}`);
    }
    text += value;
  }
  return text;
}

function substringBytes(values: Argument[]): Argument {
  const bytes = Buffer.from(coercedText(values[0]));
  const start = wholeNumber(values[1]);
  const length = wholeNumber(values[2]);
  if (start === undefined) throw new QueryError(16034, '$substrBytes: starting index must be a numeric type');
  if (length === undefined) throw new QueryError(16035, '$substrBytes: length must be a numeric type');
  if (start < 0) throw new QueryError(50752, '$substrBytes: starting index must be non-negative');
  const end = length < 0 ? bytes.length : Math.min(bytes.length, start + length);
  const continues = (index: number): boolean => index < bytes.length && (bytes[index]! & 0xc0) === 0x80;
  if (continues(start)) {
    throw new QueryError(28656, '$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.');
  }
  if (continues(end)) {
    throw new QueryError(
      28657,
      '$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.',
    );
  }
  return bytes.toString('utf8', start, Math.max(start, end));
}

function substringPoints(values: Argument[]): Argument {
  const text = coercedText(values[0]);
  const start = wholeNumber(values[1]);
  const length = wholeNumber(values[2]);
  if (start === undefined) throw new QueryError(34450, '$substrCP: starting index must be a numeric type');
  if (length === undefined) throw new QueryError(34452, '$substrCP: length must be a numeric type');
  if (start < 0) throw new QueryError(34455, '$substrCP: the starting index must be nonnegative integer.');
  if (length < 0) throw new QueryError(34454, '$substrCP: length must be a nonnegative integer.');
  return Array.from(text)
    .slice(start, start + length)
    .join('');
}

function lengthOf(name: string, code: number, measure: (text: string) => number): Operator {
  return unary(name, (value) => {
    if (typeof value !== 'string') {
      throw new QueryError(code, `${name} requires a string argument, found: ${typeName(value)}`);
    }
    return measure(value);
  });
}

function indexOf(
  name: string,
  find: (text: string, part: string, start: number, end: number) => number,
): Operator {
  return variadic(name, 2, 4, (values) => {
    const [text, part, from, to] = values;
    if (isNullish(text)) return null;
    if (typeof text !== 'string') {
      throw new QueryError(
        40091,
        `${name} requires a string as the first argument, found: ${typeName(text)}`,
      );
    }
    if (typeof part !== 'string') {
      throw new QueryError(
        40092,
        `${name} requires a string as the second argument, found: ${typeName(part)}`,
      );
    }
    const bounds = [from, to].map((value, index) => {
      if (index + 2 >= values.length) return index === 0 ? 0 : Infinity;
      const bound = wholeNumber(value);
      if (bound === undefined)
        throw new QueryError(
          40096,
          `${name} requires an integral ${index === 0 ? 'starting' : 'ending'} index`,
        );
      if (bound < 0)
        throw new QueryError(
          40097,
          `${name} requires a nonnegative ${index === 0 ? 'starting' : 'ending'} index`,
        );
      return bound;
    });
    return find(text, part, bounds[0]!, bounds[1]!);
  });
}

function findBytes(text: string, part: string, start: number, end: number): number {
  const bytes = Buffer.from(text);
  const stop = Math.min(end, bytes.length);
  return start > stop ? -1 : bytes.subarray(0, stop).indexOf(part, start);
}

function findPoints(text: string, part: string, start: number, end: number): number {
  const points = Array.from(text);
  const wanted = Array.from(part);
  const stop = Math.min(end, points.length) - wanted.length;
  for (let index = start; index <= stop; index += 1) {
    if (wanted.every((point, offset) => points[index + offset] === point)) return index;
  }
  return -1;
}

const split = binary('$split', (text, separator) => {
  if (isNullish(text) || isNullish(separator)) return null;
  if (typeof text !== 'string') {
    throw new QueryError(
      40085,
      `$split requires an expression that evaluates to a string as a first argument, found: ${typeName(text)}`,
    );
  }
  if (typeof separator !== 'string') {
    throw new QueryError(
      40086,
      `$split requires an expression that evaluates to a string as a second argument, found: ${typeName(separator)}`,
    );
  }
  if (separator === '') throw new QueryError(40087, '$split requires a non-empty separator');
  return text.split(separator);
});

const BLANKS = new Set(
  '\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
);

function trim(name: string, left: boolean, right: boolean): Operator {
  return named(
    name,
    ['input'],
    ['chars'],
    (values) => {
      const { input, chars } = values;
      if (isNullish(input)) return null;
      if (typeof input !== 'string') {
        throw new QueryError(
          50699,
          `${name} requires its input to be a string, got ${typeName(input)} instead.`,
        );
      }
      if ('chars' in values && isNullish(chars)) return null;
      if (chars !== undefined && typeof chars !== 'string') {
        throw new QueryError(
          50700,
          `${name} requires 'chars' to be a string, got ${typeName(chars)} instead.`,
        );
      }
      const blank = chars === undefined ? BLANKS : new Set(chars);
      const points = Array.from(input);
      let start = 0;
      let end = points.length;
      while (left && start < end && blank.has(points[start]!)) start += 1;
      while (right && end > start && blank.has(points[end - 1]!)) end -= 1;
      return points.slice(start, end).join('');
    },
    50694,
  );
}

function replace(
  name: string,
  apply: (input: string, find: string, replacement: string) => string,
): Operator {
  return named(
    name,
    ['input', 'find', 'replacement'],
    [],
    ({ input, find, replacement }) => {
      const check = (value: Argument, label: string, code: number): void => {
        if (!isNullish(value) && typeof value !== 'string') {
          throw new QueryError(
            code,
            `${name} requires that '${label}' be a string, found: ${typeName(value)}`,
          );
        }
      };
      check(input, 'input', 51746);
      check(find, 'find', 51745);
      check(replacement, 'replacement', 51744);
      if (typeof input !== 'string' || typeof find !== 'string' || typeof replacement !== 'string')
        return null;
      return apply(input, find, replacement);
    },
    51750,
  );
}

export const strings: Family = {
  $concat: variadic('$concat', 0, Infinity, concat),
  $toLower: unary('$toLower', (value) => lower(coercedText(value))),
  $toUpper: unary('$toUpper', (value) => upper(coercedText(value))),
  $strcasecmp: binary('$strcasecmp', (a, b) => compareStrings(upper(coercedText(a)), upper(coercedText(b)))),
  $substr: variadic('$substr', 3, 3, substringBytes),
  $substrBytes: variadic('$substrBytes', 3, 3, substringBytes),
  $substrCP: variadic('$substrCP', 3, 3, substringPoints),
  $strLenBytes: lengthOf('$strLenBytes', 34473, (text) => Buffer.byteLength(text)),
  $strLenCP: lengthOf('$strLenCP', 34471, (text) => Array.from(text).length),
  $indexOfBytes: indexOf('$indexOfBytes', findBytes),
  $indexOfCP: indexOf('$indexOfCP', findPoints),
  $split: split,
  $trim: trim('$trim', true, true),
  $ltrim: trim('$ltrim', true, false),
  $rtrim: trim('$rtrim', false, true),
  $replaceOne: replace('$replaceOne', (input, find, replacement) => input.replace(find, () => replacement)),
  $replaceAll: replace('$replaceAll', (input, find, replacement) =>
    input.replaceAll(find, () => replacement),
  ),
};
