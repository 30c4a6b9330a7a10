// (cameBack key)  (typedIn key value): which form of a page with several was sent and came back, and what was typed in that one.
import { frameOf, type HelperOptions } from './helper-tools.ts';

/** True when the form of that key came back: its details stand open. */
export function cameBack(key: string, options: HelperOptions): boolean {
  return frameOf(options).form === key;
}

/** The value when the form of that key came back, else ''. */
export function typedIn(key: string, value: unknown, options: HelperOptions): unknown {
  return cameBack(key, options) ? value : '';
}
