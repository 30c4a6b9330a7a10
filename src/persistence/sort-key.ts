// Names sort by a stored key, because the embedded database has no collations: pinyin first, then the name itself.
import { pinyin } from 'pinyin-pro';

/** A key whose byte order is the order in which names are listed. */
export function sortKeyOf(name: string): string {
  const latin = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).join(' ');
  return `${latin.toLowerCase()}\u0000${name}`;
}
