// Random documents and filters with few distinct values of many types: filters hit, ties are common, arrays meet scalars.
import fc from 'fast-check';
import { Decimal128, docOf, Double, type Doc, type Value } from '../../../src/embedded-db/query/bson.ts';

export const scalar: fc.Arbitrary<Value> = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 4 }) },
  { weight: 3, arbitrary: fc.constantFrom<Value>('a', 'ab', 'b', '', 'abc') },
  fc.constantFrom<Value>(
    null,
    true,
    new Double(2),
    1.5,
    3n,
    Decimal128.fromString('1.50'),
    NaN,
    new Date(5),
    new Date(-5),
  ),
);

const element: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  fc.record({ x: scalar, y: scalar }, { requiredKeys: ['x'] }).map((fields) => docOf(Object.entries(fields))),
);

export const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 8, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(element, { maxLength: 3 }) },
  { weight: 1, arbitrary: element },
  { weight: 1, arbitrary: fc.array(element, { maxLength: 2 }).map((inner) => [inner]) },
);

/** A document without `_id`; `n` is always an int, `b` never an array. */
export const document: fc.Arbitrary<Doc> = fc
  .record({ a: value, b: scalar, c: value, n: fc.integer({ min: 0, max: 4 }) }, { requiredKeys: ['n'] })
  .map((fields) => docOf(Object.entries(fields)));

const single: fc.Arbitrary<Value> = fc.oneof(
  value,
  scalar.map((v) => ({ $eq: v })),
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$ne'), value).map(([op, v]) => ({ [op]: v })),
  fc.tuple(scalar, scalar).map(([low, high]) => ({ $gte: low, $lt: high })),
  fc.array(value, { maxLength: 4 }).map((list) => ({ $in: list })),
  fc.array(scalar, { maxLength: 3 }).map((list) => ({ $nin: list })),
  fc.constantFrom<Value>(
    { $exists: true },
    { $exists: false },
    { $regex: '^a' },
    { $regex: '^ab?' },
    { $regex: '^A', $options: 'i' },
    { $type: 'string' },
    { $type: ['number', 'null'] },
    { $type: 'array' },
  ),
  fc.tuple(scalar, scalar).map(([low, high]) => ({ $elemMatch: { $gte: low, $lte: high } })),
  fc.tuple(scalar, scalar).map(([x, y]) => ({ $elemMatch: { x, y } })),
  fc.tuple(scalar, scalar).map(([x, y]) => ({ $elemMatch: { $or: [{ x }, { y: { $gt: y } }] } })),
);

const comparison: fc.Arbitrary<Value> = fc.oneof(
  { weight: 9, arbitrary: single },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('$gt', '$lt', '$eq'), scalar)
      .map(([op, v]) => ({ $not: { [op]: v } })),
  },
);

export const path = fc.constantFrom('a', 'b', 'c', 'n', 'a.x', 'a.y', 'c.x', 'a.0', 'a.0.x', '_id');

const clause = fc.tuple(path, comparison).map(([name, condition]): Doc => ({ [name]: condition }));
const clauses = fc.array(clause, { minLength: 1, maxLength: 3 });

/** A filter of up to three conditions, alone, side by side, or under `$and`, `$or` and `$nor`. */
export const filter: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Doc>({}) },
  { weight: 3, arbitrary: clause },
  { weight: 4, arbitrary: clauses.map((parts) => Object.assign({}, ...parts) as Doc) },
  { weight: 2, arbitrary: clauses.map((parts): Doc => ({ $and: parts })) },
  { weight: 2, arbitrary: clauses.map((parts): Doc => ({ $or: parts })) },
  { weight: 1, arbitrary: clauses.map((parts): Doc => ({ $nor: parts })) },
  {
    weight: 2,
    arbitrary: fc.tuple(clause, clauses).map(([one, parts]): Doc => ({ ...one, $or: parts })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(clause, fc.constantFrom('$gt', '$lte', '$eq'))
      .map(([one, op]): Doc => ({ ...one, $expr: { [op]: ['$n', '$b'] } })),
  },
);

const direction = fc.constantFrom(1, -1);

/** A sort that leaves no ties. Two arrays cannot be sorted by at once: only `b` or `n` stands beside another path. */
export const sort: fc.Arbitrary<Doc> = fc
  .tuple(fc.constantFrom('a', 'b', 'c', 'n', 'a.x', 'c.x', 'a.0'), fc.constantFrom('', 'b', 'n'))
  .chain(([first, second]) =>
    fc.tuple(direction, direction, direction).map(([one, two, three]) => {
      const given: Doc = { [first]: one };
      if (second !== '') given[second] = two;
      given['_id'] = three;
      return given;
    }),
  );

export interface IndexSpec {
  readonly key: Record<string, number>;
  readonly options: object;
}

const options = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<object>({ sparse: true }, { unique: true }, { unique: true, sparse: true }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<object>(
      { partialFilterExpression: { n: { $gte: 2 } } },
      { partialFilterExpression: { b: { $exists: true } } },
      { partialFilterExpression: { a: 1 } },
      { partialFilterExpression: { b: { $type: 'string' } } },
    ),
  },
);

/** Up to four indexes of up to three fields, some sparse or partial. */
export const indexes: fc.Arbitrary<IndexSpec[]> = fc.uniqueArray(
  fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c', 'n', 'a.x', 'a.0', '_id'), { minLength: 1, maxLength: 3 })
    .filter((paths) => paths.join() !== '_id')
    .chain((paths) =>
      fc.tuple(fc.tuple(...paths.map(() => direction)), options).map(([order, given]) => ({
        key: Object.fromEntries(paths.map((name, at) => [name, order[at] ?? 1])),
        options: given,
      })),
    ),
  { minLength: 1, maxLength: 4, selector: ({ key }) => JSON.stringify(key) },
);
