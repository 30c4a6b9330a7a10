// (eq a b)  (and a b …)  (or a b …)  (not a)  (isNone a)  (either a b): questions a template may ask; each also works as a block.
import type { HelperOptions } from './helper-tools.ts';

/** True when both are the same value. */
export function eq(left: unknown, right: unknown): boolean {
  return left === right;
}

/** True when there is no value: the number is not recorded. */
export function isNone(value: unknown): boolean {
  return value === null || value === undefined;
}

/** True when every argument holds (an empty list does not). */
export function and(...args: [...unknown[], HelperOptions]): boolean {
  return args.slice(0, -1).every(holds);
}

/** True when any argument holds. */
export function or(...args: [...unknown[], HelperOptions]): boolean {
  return args.slice(0, -1).some(holds);
}

/** True when the argument does not hold. */
export function not(value: unknown): boolean {
  return !holds(value);
}

/** The first argument that holds, else the last. */
export function either(...args: [...unknown[], HelperOptions]): unknown {
  const values = args.slice(0, -1);
  return values.find(holds) ?? values.at(-1);
}

/** 0 holds: a count of none is still a value. */
function holds(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value === 0 || Boolean(value);
}
