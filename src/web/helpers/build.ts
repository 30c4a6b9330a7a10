// (object href="/x" text=(t "…"))  (array a b)  (concat "row-" id): arguments a template puts together for a partial.
import type { HelperOptions } from './helper-tools.ts';

/** The named arguments as an object. */
export function object(options: HelperOptions): object {
  return { ...(options.hash as object) };
}

/** The arguments as a list. */
export function array(...args: [...unknown[], HelperOptions]): unknown[] {
  return args.slice(0, -1);
}

/** The arguments joined as text. */
export function concat(...args: [...unknown[], HelperOptions]): string {
  return args.slice(0, -1).join('');
}
