// Checks an index specification and turns it into the form the server works with; what MongoDB has beyond that is refused.
import { CommandError, unsupported } from '../errors.ts';
import type { KeyField } from '../keys/extract.ts';
import { BSONRegExp, copyDoc, isDoc, keysOf, newDoc, type Doc, type Value } from '../query/bson.ts';
import { compileFilter } from '../query/filter.ts';
import { fieldsLookedAt } from '../query/pipeline.ts';
import { flagOf, numberOf } from '../wire/fields.ts';
import type { Index } from './catalog-types.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const KNOWN = words('key name unique sparse partialFilterExpression expireAfterSeconds v background ns');
const REFUSED: Record<string, string> = {
  collation: 'an index with a collation',
  wildcardProjection: 'a wildcard index',
  weights: 'a text index',
  default_language: 'a text index',
  '2dsphereIndexVersion': 'a geospatial index',
  bits: 'a geospatial index',
  hidden: 'a hidden index',
  clustered: 'a clustered index',
};
const PARTIAL_OPERATORS = words('$eq $gt $gte $lt $lte $exists $type $and $or $in');

/** The index of a specification. CannotCreateIndex (67) and its relatives for what MongoDB or this server refuses. */
export function readIndexSpec(given: Doc, table: number): Index {
  const key = given['key'];
  if (!isDoc(key) || keysOf(key).length === 0)
    throw new CommandError(67, 'Index keys cannot be an empty object.');
  const fields = keysOf(key).map((path) => readField(path, key[path]));
  for (const option of keysOf(given)) checkOption(option, given[option]);
  const spec = normalised(given, key);
  const partial = spec['partialFilterExpression'];
  const sparse = spec['sparse'] === true;
  if (isDoc(partial)) {
    if (sparse) throw new CommandError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
    checkPartial(partial);
  }
  const seconds = numberOf(spec['expireAfterSeconds']);
  if (
    spec['expireAfterSeconds'] !== undefined &&
    !(seconds !== undefined && seconds >= 0 && seconds < 2 ** 31)
  )
    throw new CommandError(67, "TTL index 'expireAfterSeconds' must be a number from 0 to 2147483647");
  if (seconds !== undefined && fields.length > 1)
    throw new CommandError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  if (spec['name'] === '_id_' && fields.some(({ path }) => path !== '_id'))
    throw new CommandError(
      2,
      `The index name '_id_' is reserved for the _id index, not for ${fields[0]!.path}`,
    );
  return {
    name: String(spec['name']),
    table,
    fields,
    unique: spec['unique'] === true,
    sparse,
    ...(isDoc(partial) ? { partial: { filter: partial, matches: compileFilter(partial) } } : {}),
    ...(seconds === undefined ? {} : { expireAfterSeconds: seconds }),
    reads: fieldsLookedAt(isDoc(partial) ? partial : newDoc(), key),
    spec,
    multikey: fields.map(() => false),
    building: false,
  };
}

function checkOption(option: string, value: Value | undefined): void {
  if (value === undefined || value === null || KNOWN.has(option)) return;
  const refused = REFUSED[option];
  if (option === 'hidden' && value === false) return;
  if (option === 'collation' && isDoc(value) && value['locale'] === 'simple') return;
  if (refused) throw unsupported(refused);
  throw new CommandError(197, `The field '${option}' is not valid for an index specification.`);
}

function readField(path: string, direction: Value | undefined): KeyField {
  if (typeof direction === 'string') throw unsupported(`an index of type "${direction}"`, 67);
  const order = numberOf(direction);
  if (order === undefined || order === 0) {
    throw new CommandError(
      67,
      `Values in v:2 index key pattern must be numbers or strings, and not 0: { ${path}: ${String(direction)} }`,
    );
  }
  if (path.includes('$**')) throw unsupported('a wildcard index', 67);
  if (path === '' || path.split('.').includes(''))
    throw new CommandError(67, 'Index keys cannot contain an empty field.');
  if (path.split('.').some((part) => part.startsWith('$')))
    throw new CommandError(
      67,
      `Index key contains an illegal field name: field name starts with '$': ${path}`,
    );
  return { path, parts: path.split('.'), descending: order < 0 };
}

function normalised(given: Doc, key: Doc): Doc {
  const parts = keysOf(key).map((path) => `${path}_${String(key[path])}`);
  const name = typeof given['name'] === 'string' && given['name'] !== '' ? given['name'] : parts.join('_');
  const spec = Object.assign(newDoc(), { v: 2, key: copyDoc(key), name });
  for (const flag of ['unique', 'sparse']) if (flagOf(given[flag])) spec[flag] = true;
  for (const option of ['partialFilterExpression', 'expireAfterSeconds']) {
    const value = given[option];
    if (value !== undefined && value !== null) spec[option] = value;
  }
  return spec;
}

function checkPartial(filter: Doc): void {
  for (const name of keysOf(filter)) {
    const value = filter[name];
    const isNegation = name === '$exists' && !flagOf(value);
    if ((name.startsWith('$') && !PARTIAL_OPERATORS.has(name)) || isNegation || value instanceof BSONRegExp)
      throw new CommandError(67, `unsupported expression in partial index: ${name}`);
    for (const part of Array.isArray(value) && name.startsWith('$') ? value : [value])
      if (isDoc(part)) checkPartial(part);
  }
}
