// What counts as true.

import type { Value } from '../bson.ts';
import { isNullish, isNumber, toNumber } from '../types.ts';

/** MongoDB's truth of a value: false, zero, null and missing are false, all else is true. */
export function truth(value: Value | undefined): boolean {
  if (typeof value === 'boolean') return value;
  if (isNullish(value)) return false;
  return !isNumber(value) || toNumber(value) !== 0;
}
