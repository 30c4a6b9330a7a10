// Intervals of encoded values: what a condition on one field means for an index on it.
import { encodeValue } from '../keys/encode.ts';
import { above, inverted } from '../keys/table-key.ts';
import type { KeyRange } from '../storage/view.ts';
import { BSONRegExp, BsonUndefined, MaxKey, MinKey, type Value } from '../query/bson.ts';
import { RANK } from '../query/types.ts';

interface Interval extends KeyRange {
  /** True when it holds a single value, whose key is `start`. */
  readonly point: boolean;
}

/** The intervals a condition allows, in ascending order; `exact` when they say all that it says about non-array values. */
export interface Bounds {
  readonly intervals: readonly Interval[];
  readonly exact: boolean;
}

// Every key that starts with `prefix`.
const under = (prefix: Buffer): Interval => ({ start: prefix, end: above(prefix), point: false });
const pointOf = (value: Value): Interval => ({ ...under(encodeValue(value)), point: true });

/** Where documents equal to `value` are found; null also finds missing fields, an array also its first element. */
export function equalTo(value: Value): Bounds {
  if (value === null) return { intervals: [pointOf(new BsonUndefined()), pointOf(null)], exact: true };
  if (Array.isArray(value)) {
    const [first = new BsonUndefined()] = value;
    return { intervals: union([pointOf(first), pointOf(value)]), exact: false };
  }
  return { intervals: [pointOf(value)], exact: !(value instanceof BsonUndefined) };
}

/** Where documents equal to one of `values` are found; a regular expression among them counts by its prefix. */
export function oneOf(values: readonly Value[]): Bounds {
  const parts = values.map((value) =>
    value instanceof BSONRegExp ? matching(value.pattern, value.options) : equalTo(value),
  );
  return {
    intervals: union(parts.flatMap((part) => part.intervals)),
    exact: parts.every((part) => part.exact),
  };
}

/** Where `$gt`, `$gte`, `$lt` or `$lte` of a value of the same type is found; `undefined` when an index cannot tell. */
export function comparedTo(operator: string, value: Value): Bounds | undefined {
  const unbounded = [MinKey, MaxKey, BSONRegExp].some((type) => value instanceof type);
  if (Array.isArray(value) || unbounded) return undefined;
  const inclusive = operator === '$gte' || operator === '$lte';
  if (value === null || value instanceof BsonUndefined)
    return inclusive ? { ...equalTo(null), exact: false } : undefined;
  const key = encodeValue(value);
  const type = under(key.subarray(0, 1));
  const isNaN = key.equals(encodeValue(NaN));
  if (operator === '$gt' || operator === '$gte')
    return { intervals: [{ ...type, start: inclusive ? key : above(key) }], exact: !isNaN };
  if (isNaN) return { intervals: [type], exact: false };
  const start = key[0] === RANK.number ? encodeValue(-Infinity) : type.start;
  return { intervals: [{ start, end: inclusive ? above(key) : key, point: false }], exact: true };
}

/** Where strings matching a regular expression are found: those with its literal prefix, and that expression itself. */
export function matching(pattern: string, options: string): Bounds {
  const prefix = options === '' || options === 's' ? literalPrefix(pattern) : { text: '', whole: false };
  const strings = under(encodeValue(prefix.text).subarray(0, -2));
  return { intervals: [strings, pointOf(new BSONRegExp(pattern, options))], exact: prefix.whole };
}

function literalPrefix(pattern: string): { text: string; whole: boolean } {
  if (!pattern.startsWith('^') || pattern.includes('|')) return { text: '', whole: false };
  let text = '';
  let i = 1;
  for (; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === '\\' && /[^A-Za-z0-9]/.test(pattern.charAt(i + 1))) text += pattern.charAt(++i);
    else if (/[.*+?^${}()[\]\\|]/.test(char)) break;
    else text += char;
  }
  // A quantifier may make the character before it vanish.
  if (/[*?{]/.test(pattern.charAt(i))) text = [...text].slice(0, -1).join('');
  return { text, whole: i >= pattern.length && text !== '' };
}

function union(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const next of [...intervals].sort((a, b) => Buffer.compare(a.start, b.start))) {
    const last = merged.at(-1);
    if (!last || Buffer.compare(last.end, next.start) <= 0) merged.push(next);
    else if (Buffer.compare(next.end, last.end) > 0)
      merged[merged.length - 1] = { start: last.start, end: next.end, point: false };
  }
  return merged;
}

/** What both conditions allow. */
export function intersection(a: Bounds, b: Bounds): Bounds {
  const pairs = a.intervals.flatMap((one) => b.intervals.map((other) => [one, other] as const));
  const intervals = pairs.map(([one, other]) => ({
    start: Buffer.compare(one.start, other.start) >= 0 ? one.start : other.start,
    end: Buffer.compare(one.end, other.end) <= 0 ? one.end : other.end,
    point: one.point || other.point,
  }));
  return {
    intervals: intervals.filter(({ start, end }) => Buffer.compare(start, end) < 0),
    exact: a.exact && b.exact,
  };
}

/** The key range of an interval under `prefix`; in a descending field bytes are inverted and the ends change places. */
export function rangeOf(prefix: Buffer, { start, end, point }: Interval, descending: boolean): KeyRange {
  if (point) {
    const key = Buffer.concat([prefix, descending ? inverted(start) : start]);
    return { start: key, end: above(key) };
  }
  // What was below an end is above everything that starts with its inverted bytes.
  const [first, last] = descending ? [above(inverted(end)), above(inverted(start))] : [start, end];
  return { start: Buffer.concat([prefix, first]), end: Buffer.concat([prefix, last]) };
}
