// Arithmetic: $add, $subtract, $multiply, $divide, $mod, $abs, $ceil, $floor, $round, $trunc, $sqrt, $pow.

import { Decimal128, isDoc, keysOf, type NumberValue, type Value } from '../bson.ts';
import { decimalParts, halfEven, toDecimal128, toDouble, type DecimalParts } from '../decimal.ts';
import { QueryError, unsupported } from '../errors.ts';
import {
  add,
  divide,
  DOUBLE,
  fitsInt64,
  INT,
  INT64_MIN,
  intOrLong,
  multiply,
  numberKind,
  remainder,
  subtract,
} from '../numbers.ts';
import { isNullish, isNumber, makeDouble, toNumber, typeName, wholeNumber } from '../types.ts';
import { binary, unary, variadic, type Argument, type Family, type Operator } from './compiler.ts';

function addAll(values: Argument[]): Argument {
  let total: NumberValue = 0;
  let date = false;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) {
      if (date) throw new QueryError(16612, 'only one date allowed in an $add expression');
      date = true;
      total = add(total, BigInt(value.getTime()));
    } else if (isNumber(value)) total = add(total, value);
    else throw new QueryError(14, `$add only supports numeric or date types, not ${typeName(value)}`);
  }
  return date ? dateAt(toNumber(total)) : total;
}

function dateAt(millis: number): Date {
  const whole = Math.sign(millis) * Math.round(Math.abs(millis));
  if (!(Math.abs(whole) <= 8.64e15)) throw new QueryError(15, 'date overflow');
  return new Date(whole);
}

function difference(left: Argument, right: Argument): Argument {
  if (isNullish(left) || isNullish(right)) return null;
  if (isNumber(left) && isNumber(right)) return subtract(left, right);
  if (left instanceof Date && right instanceof Date) return BigInt(left.getTime() - right.getTime());
  if (left instanceof Date && isNumber(right)) return dateAt(left.getTime() - Math.trunc(toNumber(right)));
  throw new QueryError(14, `can't $subtract ${typeName(right)} from ${typeName(left)}`);
}

function product(values: Argument[]): Argument {
  let total: NumberValue = 1;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isNumber(value))
      throw new QueryError(14, `$multiply only supports numeric types, not ${typeName(value)}`);
    total = multiply(total, value);
  }
  return total;
}

function dividing(name: '$divide' | '$mod', zero: number, type: number, apply: typeof divide): Operator {
  return binary(name, (left, right) => {
    if (isNumber(left) && isNumber(right)) {
      if (toNumber(right) === 0) throw new QueryError(zero, `can't ${name} by zero`);
      return apply(left, right);
    }
    if (isNullish(left) || isNullish(right)) return null;
    const types = `${typeName(left)} and ${typeName(right)}`;
    throw new QueryError(type, `${name} only supports numeric types, not ${types}`);
  });
}

function numeric(name: string, apply: (value: NumberValue) => Argument): Operator {
  return unary(name, (value) => {
    if (isNullish(value)) return null;
    if (!isNumber(value))
      throw new QueryError(28765, `${name} only supports numeric types, not ${typeName(value)}`);
    return apply(value);
  });
}

function absolute(value: NumberValue): Argument {
  if (typeof value === 'bigint') {
    if (value === INT64_MIN) throw new QueryError(28680, `can't take $abs of long long min`);
    return value < 0n ? -value : value;
  }
  if (value instanceof Decimal128) {
    const text = value.toString();
    return Decimal128.fromString(text.startsWith('-') ? text.slice(1) : text);
  }
  const plain = Math.abs(toNumber(value));
  return numberKind(value) === INT ? intOrLong(BigInt(plain)) : makeDouble(plain);
}

type Rounding = (numerator: bigint, denominator: bigint) => bigint;
const towardsZero: Rounding = (numerator, denominator) => numerator / denominator;
const down: Rounding = (numerator, denominator) => {
  const quotient = numerator / denominator;
  return numerator < 0n && numerator % denominator !== 0n ? quotient - 1n : quotient;
};
const up: Rounding = (numerator, denominator) => -down(-numerator, denominator);

function roundParts(parts: DecimalParts, place: number, rounding: Rounding): DecimalParts {
  if (parts.special !== null || parts.exponent >= -place) return parts;
  const unit = 10n ** BigInt(-place - parts.exponent);
  return { special: null, coefficient: rounding(parts.coefficient, unit), exponent: -place };
}

function roundNumber(value: NumberValue, place: number, rounding: Rounding): NumberValue {
  if (value instanceof Decimal128) return toDecimal128(roundParts(decimalParts(value), place, rounding));
  if (numberKind(value) === DOUBLE) {
    const plain = toNumber(value);
    if (!Number.isFinite(plain)) return value;
    const rounded = toDouble(roundParts(decimalParts(plain), place, rounding));
    return makeDouble(rounded === 0 && (plain < 0 || Object.is(plain, -0)) ? -0 : rounded);
  }
  if (place >= 0) return value;
  const parts = roundParts(decimalParts(value), place, rounding);
  const whole = parts.coefficient * 10n ** BigInt(Math.max(0, parts.exponent));
  if (!fitsInt64(whole)) throw new QueryError(51080, 'invalid conversion from Decimal128 result in $round');
  return typeof value === 'bigint' ? whole : intOrLong(whole);
}

function toPlace(name: string, rounding: Rounding): Operator {
  return variadic(name, 1, 2, (values) => {
    const [value, place] = values;
    if (isNullish(value) || (values.length === 2 && isNullish(place))) return null;
    if (!isNumber(value))
      throw new QueryError(51081, `${name} only supports numeric types, not ${typeName(value)}`);
    const whole = place === undefined ? 0 : wholeNumber(place);
    if (whole === undefined)
      throw new QueryError(51082, `precision argument to  ${name} must be a integral value`);
    if (whole < -20 || whole > 100) {
      throw new QueryError(
        51083,
        `cannot apply ${name} with precision value ${String(whole)} value must be in [-20, 100]`,
      );
    }
    return roundNumber(value, whole, rounding);
  });
}

function squareRoot(value: NumberValue): Argument {
  if (value instanceof Decimal128) throw unsupported('$sqrt of a decimal');
  const plain = toNumber(value);
  if (plain < 0) throw new QueryError(28714, `$sqrt's argument must be greater than or equal to 0`);
  return makeDouble(Math.sqrt(plain));
}

function power(base: Argument, exponent: Argument): Argument {
  if (isNullish(base) || isNullish(exponent)) return null;
  if (!isNumber(base)) throw new QueryError(28762, `$pow's base must be numeric, not ${typeName(base)}`);
  if (!isNumber(exponent))
    throw new QueryError(28763, `$pow's exponent must be numeric, not ${typeName(exponent)}`);
  if (toNumber(base) === 0 && toNumber(exponent) < 0) {
    throw new QueryError(28764, '$pow cannot take a base of 0 and a negative exponent');
  }
  const kind = Math.max(numberKind(base), numberKind(exponent));
  if (kind > DOUBLE) throw unsupported('$pow of a decimal');
  const plain = toNumber(base) ** toNumber(exponent);
  if (kind === DOUBLE || toNumber(exponent) < 0 || Math.abs(plain) > 2 ** 64) {
    if (kind !== DOUBLE && Math.abs(toNumber(base)) === 1) return intOrLong(BigInt(plain));
    return makeDouble(plain);
  }
  const whole = BigInt(base as number | bigint) ** BigInt(exponent as number | bigint);
  if (!fitsInt64(whole)) return makeDouble(plain);
  return kind === INT ? intOrLong(whole) : whole;
}

function random(operand: Value): () => Argument {
  if (!isDoc(operand) || keysOf(operand).length > 0)
    throw new QueryError(3040501, '$rand does not currently accept arguments');
  return () => makeDouble(Math.random());
}

export const arithmetic: Family = {
  $add: variadic('$add', 0, Infinity, addAll),
  $subtract: binary('$subtract', difference),
  $multiply: variadic('$multiply', 0, Infinity, product),
  $divide: dividing('$divide', 2, 14, divide),
  $mod: dividing('$mod', 16610, 16611, remainder),
  $abs: numeric('$abs', absolute),
  $ceil: numeric('$ceil', (value) => roundNumber(value, 0, up)),
  $floor: numeric('$floor', (value) => roundNumber(value, 0, down)),
  $round: toPlace('$round', halfEven),
  $trunc: toPlace('$trunc', towardsZero),
  $sqrt: numeric('$sqrt', squareRoot),
  $pow: binary('$pow', power),
  $rand: random,
};
