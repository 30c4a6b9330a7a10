// Values as map keys: two values that are equal to MongoDB (1, 1.0 and NumberLong(1)) find the same entry.

import {
  Binary,
  BSONSymbol,
  Decimal128,
  Double,
  isDoc,
  keysOf,
  ObjectId,
  type Doc,
  type Value,
} from './bson.ts';
import { decimalParts, toDouble } from './decimal.ts';
import { compareValues } from './compare.ts';
import { typeRank } from './types.ts';

/** A map from values (missing included) in order of insertion. */
export class ValueMap<T> {
  private readonly byText = new Map<string, T>();
  private readonly byIdentity = new Map<unknown, T>();

  /** The entry of a value equal to this one. */
  get(key: Value | undefined): T | undefined {
    return typeof key === 'string' ? this.byText.get(key) : this.byIdentity.get(identityOf(key));
  }

  /** Sets the entry of this value. */
  set(key: Value | undefined, entry: T): void {
    if (typeof key === 'string') this.byText.set(key, entry);
    else this.byIdentity.set(identityOf(key), entry);
  }
}

/** A primitive that is the same for equal values and differs for others. */
function identityOf(value: Value | undefined): unknown {
  switch (typeof value) {
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    case 'bigint':
      return BigInt(Number(value)) === value ? Number(value) : value;
    case 'string':
      return `s${JSON.stringify(value)}`;
    default:
      return value === null ? null : identityOfObject(value);
  }
}

function identityOfObject(value: Exclude<Value, null>): unknown {
  if (value instanceof Double) return value.value;
  if (value instanceof Decimal128) return identityOfDecimal(value);
  if (value instanceof ObjectId) return `o${value.toHexString()}`;
  if (value instanceof Date) return `t${String(value.getTime())}`;
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  if (isDoc(value)) return identityOfDoc(value);
  if (value instanceof BSONSymbol) return `s${JSON.stringify(value.value)}`;
  return identityOfRare(value);
}

function identityOfDoc(doc: Doc): string {
  let text = '{';
  for (const key of keysOf(doc)) text += `${JSON.stringify(key)}:${textOf(doc[key])},`;
  return `${text}}`;
}

function identityOfDecimal(value: Decimal128): unknown {
  const parts = decimalParts(value);
  if (parts.special !== null) return Number(parts.special);
  const nearest = toDouble(parts);
  if (Number.isFinite(nearest) && compareValues(nearest, value) === 0) return nearest;
  let { coefficient, exponent } = parts;
  while (coefficient % 10n === 0n) [coefficient, exponent] = [coefficient / 10n, exponent + 1];
  return exponent >= 0
    ? coefficient * 10n ** BigInt(exponent)
    : `n${String(coefficient)}e${String(exponent)}`;
}

function identityOfRare(value: Value): string {
  const payload =
    value instanceof Binary
      ? `${String(value.sub_type)}/${Buffer.from(value.value()).toString('hex')}`
      : JSON.stringify(value);
  return `r${String(typeRank(value))}${payload}`;
}

function textOf(value: Value | undefined): string {
  const identity = identityOf(value);
  return typeof identity === 'string'
    ? identity
    : `${typeof identity === 'bigint' ? 'number' : typeof identity}${String(identity)}`;
}
