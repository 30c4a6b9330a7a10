// Random numbers from a seed, so that the same seed makes the same year.

export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from low to high, both included. */
  int(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  chance(share: number): boolean;
  bytes(count: number): Uint8Array;
  /** Remembers the place in the sequence; the function returned goes back to it. */
  mark(): () => void;
}

/** The mulberry32 sequence of a seed. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (items) => items[Math.floor(next() * items.length)]!,
    chance: (share) => next() < share,
    bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(next() * 256)),
    mark() {
      const kept = state;
      return () => {
        state = kept;
      };
    },
  };
}
