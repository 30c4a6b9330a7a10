// Whether a result is what a unified test expects, after the rules of MongoDB's Unified Test Format.
import { EJSON } from '../../support/bson.ts';

export type Fields = Record<string, unknown>;

/** Thrown for a part of the format this runner leaves out; the test is then skipped under that name. */
export class NotCovered extends Error {}

/** What special operators look things up in. */
export interface Matching {
  entity(id: string): unknown;
  /** The id of a session, also after its end. */
  lsid(session: string): unknown;
}

const bsonTypes: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  object: (value) => isFields(value),
  array: (value) => Array.isArray(value),
  bool: (value) => typeof value === 'boolean',
  date: (value) => value instanceof Date,
  null: (value) => value === null,
  int: (value) => typeof value === 'number' && Number.isInteger(value),
  long: (value) =>
    (typeof value === 'number' && Number.isInteger(value)) ||
    typeof value === 'bigint' ||
    kindOf(value) === 'Long',
  double: (value) => typeof value === 'number',
  number: (value) => typeof value === 'number' || kindOf(value) === 'Long',
  objectId: (value) => kindOf(value) === 'ObjectId',
  binData: (value) => kindOf(value) === 'Binary',
  timestamp: (value) => kindOf(value) === 'Timestamp',
};

/** The first difference, by its path, or null; at the root a document may have more fields than expected. */
export function difference(
  expected: unknown,
  actual: unknown,
  matching: Matching,
  path = '',
  root = true,
): string | null {
  if (isFields(expected)) {
    if (actual instanceof Map)
      return difference(expected, Object.fromEntries(actual as Map<string, unknown>), matching, path, root);
    const [only = ''] = Object.keys(expected);
    if (only.startsWith('$$') && Object.keys(expected).length === 1)
      return special(only, expected[only], actual, matching, path);
    if (!isFields(actual)) return tell(path, expected, actual);
    for (const [key, value] of Object.entries(expected)) {
      const found = difference(value, own(actual, key), matching, `${path}.${key}`, false);
      if (found !== null) return found;
    }
    if (root) return null;
    const spare = Object.keys(actual).find((key) => !(key in expected) && actual[key] !== undefined);
    return spare === undefined ? null : `${path}.${spare} is not expected`;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return tell(path, expected, actual);
    for (const [index, value] of expected.entries()) {
      const found = difference(value, actual[index], matching, `${path}[${index}]`, root);
      if (found !== null) return found;
    }
    return null;
  }
  return plain(expected) === plain(actual) ? null : tell(path, expected, actual);
}

const own = (fields: Fields, key: string): unknown => (Object.hasOwn(fields, key) ? fields[key] : undefined);

function special(
  operator: string,
  value: unknown,
  actual: unknown,
  matching: Matching,
  path: string,
): string | null {
  switch (operator) {
    case '$$exists':
      return (actual !== undefined) === value ? null : `${path}: exists is ${String(!value)}`;
    case '$$unsetOrMatches':
      return actual === undefined ? null : difference(value, actual, matching, path, true);
    case '$$type': {
      const fits = (Array.isArray(value) ? value : [value]).some((type) => bsonTypes[String(type)]?.(actual));
      return fits ? null : `${path}: not of type ${JSON.stringify(value)}`;
    }
    case '$$matchesEntity':
      return difference(matching.entity(String(value)), actual, matching, path, false);
    case '$$sessionLsid':
      return difference(matching.lsid(String(value)), actual, matching, path, false);
    case '$$matchesHexBytes': {
      const hex = Buffer.isBuffer(actual) ? actual.toString('hex') : undefined;
      return hex === value ? null : tell(path, value, hex);
    }
    default:
      throw new NotCovered(`the matching operator ${operator}`);
  }
}

/** Whether a value is a document; the driver's own classes, as of read concerns, count as what they are sent as. */
export function isFields(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return (
    kindOf(value) === '' &&
    !(value instanceof Date || value instanceof RegExp || value instanceof Map || Buffer.isBuffer(value))
  );
}

const kindOf = (value: unknown): string => String((value as { _bsontype?: string } | null)?._bsontype ?? '');

/** Numbers are compared by value, whatever their type. */
function plain(value: unknown): string {
  return value === undefined ? 'undefined' : EJSON.stringify({ v: value }, { relaxed: true });
}

function tell(path: string, expected: unknown, actual: unknown): string {
  return `${path || 'result'}: expected ${plain(expected)}, got ${plain(actual)}`;
}
