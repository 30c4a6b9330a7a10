// A transaction's own writes, held in memory over its snapshot until commit.
import type { Entry, RangeRequest, View } from './view.ts';

const REMOVED = Symbol('removed');

/** A view that reads `base` through its own puts and removes; `base` itself stays untouched. */
export function overlayOn(base: View) {
  const written = new Map<string, Buffer | typeof REMOVED>();
  // Latin-1 strings compare as their bytes do, so sorting them sorts the keys.
  const sorted: string[] = [];

  const note = (key: Buffer, value: Buffer | typeof REMOVED): void => {
    const text = key.toString('latin1');
    if (!written.has(text)) sorted.splice(lowerBound(sorted, text), 0, text);
    written.set(text, value);
  };

  const ownBetween = (start: Buffer, end: Buffer): string[] =>
    sorted.slice(lowerBound(sorted, start.toString('latin1')), lowerBound(sorted, end.toString('latin1')));

  const range = ({ start, end, reverse = false, limit }: RangeRequest): Entry[] => {
    const own = ownBetween(start, end);
    if (own.length === 0) return base.range({ start, end, reverse, limit });
    if (reverse) own.reverse();
    const puts: Entry[] = [];
    for (const text of own) {
      const value = written.get(text);
      if (value !== REMOVED && value) puts.push({ key: Buffer.from(text, 'latin1'), value });
    }
    // With as many more as may be removed, what lies beyond the last one read comes after `limit` entries at least.
    const below = base.range({ start, end, reverse, limit: limit + own.length - puts.length });
    const kept = below.filter(({ key }) => !written.has(key.toString('latin1')));
    const direction = reverse ? -1 : 1;
    return [...kept, ...puts.slice(0, limit)]
      .sort((a, b) => direction * Buffer.compare(a.key, b.key))
      .slice(0, limit);
  };

  const view: View = {
    isStable: true,
    get: (key) => {
      const own = written.get(key.toString('latin1'));
      return own === undefined ? base.get(key) : own === REMOVED ? undefined : own;
    },
    range,
    count: (start, end) =>
      ownBetween(start, end).reduce(
        (sum, text) => {
          const existed = base.get(Buffer.from(text, 'latin1')) !== undefined;
          return sum + (written.get(text) === REMOVED ? 0 : 1) - (existed ? 1 : 0);
        },
        base.count(start, end),
      ),
    put: note,
    remove: (key) => note(key, REMOVED),
  };
  return {
    ...view,
    isEmpty: (): boolean => written.size === 0,
    /** Replays the writes onto `target`, which is the running LMDB write transaction. */
    applyTo(target: View): void {
      for (const [text, value] of written) {
        const key = Buffer.from(text, 'latin1');
        if (value === REMOVED) target.remove(key);
        else target.put(key, value);
      }
    },
  };
}

function lowerBound(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
