// MongoDB's order of values once more, type by type and without key bytes: what the keys are held to.
import {
  Decimal128,
  Double,
  isDoc,
  keysOf,
  type Binary,
  type BSONRegExp,
  type Doc,
  type NumberValue,
  type ObjectId,
  type Timestamp,
  type Value,
} from '../../../src/embedded-db/query/bson.ts';
import { typeName } from '../../../src/embedded-db/query/types.ts';

const ORDER = [
  ['minKey'],
  ['undefined'],
  ['null'],
  ['int', 'long', 'double', 'decimal'],
  ['string', 'symbol'],
  ['object'],
  ['array'],
  ['binData'],
  ['objectId'],
  ['bool'],
  ['date'],
  ['timestamp'],
  ['regex'],
  ['maxKey'],
];
const placeOf = (value: Value): number => ORDER.findIndex((names) => names.includes(typeName(value)));

/** -1, 0 or 1 as `a` sorts before, with or after `b`. */
export function orderOf(a: Value, b: Value): number {
  return Math.sign(placeOf(a) - placeOf(b) || within(a, b));
}

function within(a: Value, b: Value): number {
  if (isDoc(a)) return docs(a, b as Doc);
  if (Array.isArray(a)) return lists(a, b as Value[], orderOf);
  switch (typeName(a)) {
    case 'int':
    case 'long':
    case 'double':
    case 'decimal':
      return numbers(a as NumberValue, b as NumberValue);
    case 'string':
      return Buffer.compare(Buffer.from(a as string), Buffer.from(b as string));
    case 'bool':
    case 'date':
      return Number(a) - Number(b);
    case 'binData':
      return binaries(a as Binary, b as Binary);
    case 'objectId':
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case 'timestamp':
      return (a as Timestamp).t - (b as Timestamp).t || (a as Timestamp).i - (b as Timestamp).i;
    case 'regex':
      return expressions(a as BSONRegExp, b as BSONRegExp);
    default:
      return 0;
  }
}

function lists<T>(a: readonly T[], b: readonly T[], compare: (x: T, y: T) => number): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = compare(a[at]!, b[at]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function docs(a: Doc, b: Doc): number {
  const fields = (doc: Doc) => keysOf(doc).map((key) => [key, doc[key]!] as const);
  return lists(
    fields(a),
    fields(b),
    ([x, v], [y, w]) => placeOf(v) - placeOf(w) || orderOf(x, y) || orderOf(v, w),
  );
}

function binaries(a: Binary, b: Binary): number {
  return a.position - b.position || a.sub_type - b.sub_type || Buffer.compare(a.value(), b.value());
}

function expressions(a: BSONRegExp, b: BSONRegExp): number {
  return orderOf(a.pattern, b.pattern) || orderOf(a.options, b.options);
}

function numbers(a: NumberValue, b: NumberValue): number {
  const [x, y] = [special(a), special(b)];
  if (x !== 0 || y !== 0) return x - y;
  const [left, right] = [fraction(a), fraction(b)];
  const difference = left[0] * right[1] - right[0] * left[1];
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function special(value: NumberValue): number {
  const places: Record<string, number> = { NaN: -2, '-Infinity': -1, Infinity: 1 };
  return places[textOf(value)] ?? 0;
}

const textOf = (value: NumberValue): string =>
  value instanceof Double ? String(value.value) : value.toString();

// A finite number as a whole numerator and denominator.
function fraction(value: NumberValue): [bigint, bigint] {
  if (typeof value === 'bigint') return [value, 1n];
  if (value instanceof Decimal128) {
    const [digits = '', exponent = '0'] = value.toString().split('E');
    const [whole = '', rest = ''] = digits.split('.');
    const power = Number(exponent) - rest.length;
    const number = BigInt(whole + rest);
    return power < 0 ? [number, 10n ** BigInt(-power)] : [number * 10n ** BigInt(power), 1n];
  }
  let plain = value instanceof Double ? value.value : value;
  let denominator = 1n;
  for (; !Number.isInteger(plain); denominator *= 2n) plain *= 2;
  return [BigInt(plain), denominator];
}
