// What a name in a query or a form may not be: a query operator, or a name by which objects are reached behind their fields.
import { RequestRefused, showName } from './request-refused.ts';

const behindFields = new Set(['__proto__', 'constructor', 'prototype']);
const longestName = 200;

/** Whether a name could be taken for an operator (`$ne`, `a[$ne]`, `a[b]`) or for an object's inside (`__proto__`, `a.constructor`). */
export function isOddName(name: string): boolean {
  return (
    name.length > longestName ||
    /[$[\]\0]/.test(name) ||
    name.split('.').some((part) => behindFields.has(part.trim().toLowerCase()))
  );
}

/** Throws RequestRefused 400 for the first odd name, for a dotted one the form does not know, and for a query name given twice. */
export function requirePlainNames(
  names: Iterable<string>,
  { knows = () => false, once = false }: { knows?: (name: string) => boolean; once?: boolean } = {},
): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (isOddName(name) || (name.includes('.') && !knows(name)))
      throw new RequestRefused(400, 'shared.oddName', { name: showName(name) });
    if (once && seen.has(name))
      throw new RequestRefused(400, 'shared.repeatedName', { name: showName(name) });
    seen.add(name);
  }
}

/** Checks the names in an address after its question mark; throws RequestRefused 400. */
export function requirePlainQuery(url: string): void {
  const at = url.indexOf('?');
  if (at >= 0) requirePlainNames(new URLSearchParams(url.slice(at + 1)).keys(), { once: true });
}
