// A transaction's own writes, held in memory over its snapshot until commit.
import type { Bytes, Entry, RangeRequest, View } from './view.ts';

const REMOVED = Symbol('removed');

export interface Overlay extends View {
  /** Replays the writes onto `target`, which is the running LMDB write transaction. */
  applyTo(target: View): void;
  isEmpty(): boolean;
}

/** A view that reads `base` through its own puts and removes; `base` itself stays untouched. */
export function overlayOn(base: View): Overlay {
  const written = new Map<string, Bytes | typeof REMOVED>();
  // Latin-1 strings compare as their bytes do, so sorting them sorts the keys.
  const sorted: string[] = [];

  const note = (key: Bytes, value: Bytes | typeof REMOVED): void => {
    const text = key.toString('latin1');
    if (!written.has(text)) insert(sorted, text);
    written.set(text, value);
  };

  const ownBetween = (start: Bytes, end: Bytes): string[] => {
    return sorted.slice(
      lowerBound(sorted, start.toString('latin1')),
      lowerBound(sorted, end.toString('latin1')),
    );
  };

  const range = ({ start, end, reverse = false, limit }: RangeRequest): Entry[] => {
    if (Buffer.compare(start, end) >= 0) return [];
    const own = ownBetween(start, end);
    if (own.length === 0) return base.range({ start, end, reverse, limit });
    if (reverse) own.reverse();
    const removed = own.reduce((sum, key) => sum + (written.get(key) === REMOVED ? 1 : 0), 0);
    const below = base.range({ start, end, reverse, limit: limit + removed });
    // Beyond the last stored key read here there may be more of them, so own keys past it must wait.
    const horizon = below.length === limit + removed ? below.at(-1)?.key.toString('latin1') : undefined;
    return merge(below, own, reverse, limit, horizon);
  };

  const merge = (
    below: Entry[],
    own: string[],
    reverse: boolean,
    limit: number,
    horizon: string | undefined,
  ): Entry[] => {
    const found: Entry[] = [];
    const before = (a: string, b: string): boolean => (reverse ? a > b : a < b);
    let i = 0;
    for (const entry of below) {
      const text = entry.key.toString('latin1');
      for (let key = own[i]; key !== undefined && before(key, text); key = own[++i]) take(key);
      if (own[i] === text) take(own[i++] ?? '');
      else found.push(entry);
    }
    for (
      let key = own[i];
      key !== undefined && (horizon === undefined || before(key, horizon));
      key = own[++i]
    )
      take(key);
    return found.length > limit ? found.slice(0, limit) : found;

    function take(key: string): void {
      const value = written.get(key);
      if (value !== undefined && value !== REMOVED) found.push({ key: Buffer.from(key, 'latin1'), value });
    }
  };

  return {
    get: (key) => {
      const own = written.get(key.toString('latin1'));
      return own === undefined ? base.get(key) : own === REMOVED ? undefined : own;
    },
    range,
    count: (start, end) =>
      ownBetween(start, end).reduce(
        (sum, key) => {
          const existed = base.get(Buffer.from(key, 'latin1')) !== undefined;
          return sum + (written.get(key) === REMOVED ? 0 : 1) - (existed ? 1 : 0);
        },
        base.count(start, end),
      ),
    put: note,
    remove: (key) => note(key, REMOVED),
    isEmpty: () => written.size === 0,
    applyTo: (target) => {
      for (const [key, value] of written) {
        if (value === REMOVED) target.remove(Buffer.from(key, 'latin1'));
        else target.put(Buffer.from(key, 'latin1'), value);
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

function insert(sorted: string[], key: string): void {
  sorted.splice(lowerBound(sorted, key), 0, key);
}
