// Whether an update changes anything: equal values of another type do differ.

import { isDoc, keysOf, type Value } from '../bson.ts';
import { compareValues } from '../compare.ts';
import { typeName } from '../types.ts';

/** True where two values have the same BSON bytes. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || typeName(a) !== typeName(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, index) => sameValue(element, b[index]));
  }
  if (isDoc(a) && isDoc(b)) {
    const [left, right] = [keysOf(a), keysOf(b)];
    return (
      left.length === right.length &&
      left.every((key, index) => key === right[index] && sameValue(a[key], b[key]))
    );
  }
  return typeName(a) === 'decimal' ? String(a) === String(b) : compareValues(a, b) === 0;
}
