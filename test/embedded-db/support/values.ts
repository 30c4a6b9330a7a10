// Random BSON values of every kind that can be an index key, with many near-collisions.
import fc from 'fast-check';
import {
  Binary,
  BSONRegExp,
  BsonUndefined,
  Decimal128,
  Double,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  docOf,
  type Value,
} from '../../../src/embedded-db/query/bson.ts';

const numbers: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer(),
  fc.double().map((value) => (Number.isInteger(value) ? new Double(value) : value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom<Value>(
    2n ** 53n,
    2n ** 53n + 1n,
    new Double(2 ** 53),
    new Double(-0),
    NaN,
    Infinity,
    -Infinity,
  ),
  fc
    .constantFrom(
      '0.1',
      '0.10',
      '1',
      '1E3',
      '-1E-6000',
      '1E-6000',
      '9.9E6000',
      '9007199254740993',
      '0.1000000000000000055511151231257827',
      'NaN',
      'Infinity',
    )
    .map((text) => Decimal128.fromString(text)),
);

const strings = fc.oneof(
  fc.constantFrom('', 'a', 'a\0', 'a\0b', 'aa', 'b', '中', '𠮷', '～'),
  fc.string({ maxLength: 5 }),
);

const leaves: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: numbers },
  { weight: 4, arbitrary: strings },
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.integer({ min: 0, max: 3 }).map((n) => new ObjectId(`00000000000000000000000${n}`)),
  fc
    .tuple(fc.uint8Array({ maxLength: 3 }), fc.constantFrom(0, 4, 128))
    .map(([bytes, type]) => new Binary(bytes, type)),
  fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 }))
    .map(([t, i]) => new Timestamp({ t, i })),
  fc.constantFrom<Value>(
    new MinKey(),
    new MaxKey(),
    new BsonUndefined(),
    new BSONRegExp('^a', 'i'),
    new BSONRegExp('^a', ''),
  ),
);

/** Any value, with documents and arrays up to two levels deep. */
export const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 8, arbitrary: leaves },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), tie('value')), { maxLength: 2 })
        .map((fields) => docOf(fields)),
    },
  ),
})).value;
