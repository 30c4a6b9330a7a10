// Intervals of encoded values: what a condition on one field means for an index on it.
import { RANK, encodeValue, rankOf } from '../keys/encode.ts';
import { above, inverted } from '../keys/table-key.ts';
import { BSONRegExp, BsonUndefined, MaxKey, MinKey, type Value } from '../query/bson.ts';

/** One end: every value whose key starts with `prefix` belongs to the interval, or none of them does. */
export interface End {
  readonly prefix: Buffer;
  readonly inclusive: boolean;
}

interface Interval {
  readonly lower: End;
  readonly upper: End;
  /** True when both ends are the same single value. */
  readonly point: boolean;
}

/** The intervals a condition allows, in ascending order; `exact` when they say all that it says about non-array values. */
export interface Bounds {
  readonly intervals: readonly Interval[];
  readonly exact: boolean;
}

const at = (prefix: Buffer): End => ({ prefix, inclusive: true });
const span = (lower: End, upper: End): Interval => ({ lower, upper, point: false });
const rankEnd = (rank: number): End => at(Buffer.of(rank));
const wholeRank = (rank: number): Interval => span(rankEnd(rank), rankEnd(rank));

// The interval of one value.
function pointOf(value: Value | undefined): Interval {
  const end = at(encodeValue(value));
  return { lower: end, upper: end, point: true };
}

/** Where documents equal to `value` are found; null also finds missing fields, an array also its first element. */
export function equalTo(value: Value): Bounds {
  if (value === null) return { intervals: [pointOf(new BsonUndefined()), pointOf(null)], exact: true };
  if (Array.isArray(value)) {
    const first = pointOf(value.length === 0 ? new BsonUndefined() : value[0]);
    return { intervals: sorted([first, pointOf(value)]), exact: false };
  }
  return { intervals: [pointOf(value)], exact: !(value instanceof BsonUndefined) };
}

/** Where documents equal to one of `values` are found; a regular expression among them counts by its prefix. */
export function oneOf(values: readonly Value[]): Bounds {
  const parts = values.map((value) =>
    value instanceof BSONRegExp ? matching(value.pattern, value.options) : equalTo(value),
  );
  return {
    intervals: sorted(parts.flatMap((part) => part.intervals)),
    exact: parts.every((part) => part.exact),
  };
}

/** Where `$gt`, `$gte`, `$lt` or `$lte` of a value of the same type is found; `undefined` when an index cannot tell. */
export function comparedTo(operator: string, value: Value): Bounds | undefined {
  if (
    Array.isArray(value) ||
    value instanceof MinKey ||
    value instanceof MaxKey ||
    value instanceof BSONRegExp
  )
    return undefined;
  const inclusive = operator === '$gte' || operator === '$lte';
  if (value === null || value instanceof BsonUndefined)
    return inclusive ? { ...equalTo(null), exact: false } : undefined;
  const rank = rankOf(value);
  const end: End = { prefix: encodeValue(value), inclusive };
  const upwards = operator === '$gt' || operator === '$gte';
  if (upwards) return { intervals: [span(end, rankEnd(rank))], exact: !isNaNKey(end.prefix) };
  const lowest = rank === RANK.number ? at(encodeValue(-Infinity)) : rankEnd(rank);
  if (isNaNKey(end.prefix)) return { intervals: [wholeRank(rank)], exact: false };
  return { intervals: [span(lowest, end)], exact: true };
}

function isNaNKey(key: Buffer): boolean {
  return key.equals(encodeValue(NaN));
}

/** Where strings matching a regular expression are found: those with its literal prefix, and stored expressions. */
export function matching(pattern: string, options: string): Bounds {
  const prefix = options === '' || options === 's' ? literalPrefix(pattern) : { text: '', whole: false };
  const encoded = encodeValue(prefix.text);
  const strings = at(encoded.subarray(0, encoded.length - 2));
  return { intervals: [span(strings, strings), wholeRank(RANK.regex)], exact: prefix.whole };
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

const startOf = (interval: Interval): Buffer =>
  interval.lower.inclusive ? interval.lower.prefix : above(interval.lower.prefix);
const endOf = (interval: Interval): Buffer =>
  interval.upper.inclusive ? above(interval.upper.prefix) : interval.upper.prefix;

function sorted(intervals: readonly Interval[]): Interval[] {
  const ordered = [...intervals].sort((a, b) => Buffer.compare(startOf(a), startOf(b)));
  const merged: Interval[] = [];
  for (const next of ordered) {
    const last = merged.at(-1);
    if (!last || Buffer.compare(endOf(last), startOf(next)) <= 0) merged.push(next);
    else if (Buffer.compare(endOf(next), endOf(last)) > 0)
      merged[merged.length - 1] = span(last.lower, next.upper);
  }
  return merged;
}

/** What both conditions allow. */
export function intersection(a: Bounds, b: Bounds): Bounds {
  const intervals: Interval[] = [];
  for (const one of a.intervals) {
    for (const other of b.intervals) {
      const lower = Buffer.compare(startOf(one), startOf(other)) >= 0 ? one.lower : other.lower;
      const upper = Buffer.compare(endOf(one), endOf(other)) <= 0 ? one.upper : other.upper;
      const both = one.point ? one : other.point ? other : span(lower, upper);
      if (Buffer.compare(startOf({ ...both, lower }), endOf({ ...both, upper })) < 0) intervals.push(both);
    }
  }
  return { intervals, exact: a.exact && b.exact };
}

/** The key range of an interval under `prefix`; in a descending field bytes are inverted and the ends change places. */
export function rangeOf(
  prefix: Buffer,
  interval: Interval,
  descending: boolean,
): { start: Buffer; end: Buffer } {
  const key = (end: End): Buffer => Buffer.concat([prefix, descending ? inverted(end.prefix) : end.prefix]);
  const [first, last] = descending ? [interval.upper, interval.lower] : [interval.lower, interval.upper];
  return {
    start: first.inclusive ? key(first) : above(key(first)),
    end: last.inclusive ? above(key(last)) : key(last),
  };
}
