// What every reader and writer of the key space sees: committed state, or a transaction's snapshot with its overlay.
import { tableRange } from '../keys/table-key.ts';

export interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
}

export interface KeyRange {
  /** First key of the range. */
  readonly start: Buffer;
  /** First key above the range. */
  readonly end: Buffer;
}

export interface RangeRequest extends KeyRange {
  readonly reverse?: boolean;
  readonly limit: number;
}

export interface View {
  /** True for a state that nothing changes any more but who looks at it: a snapshot, a transaction. */
  readonly isStable: boolean;
  get(key: Buffer): Buffer | undefined;
  /** Up to `limit` entries of the range, in key order or its reverse; nothing stays open afterwards. */
  range(request: RangeRequest): Entry[];
  /** How many keys lie in start <= key < end. */
  count(start: Buffer, end: Buffer): number;
  put(key: Buffer, value: Buffer): void;
  remove(key: Buffer): void;
}

/** As much of a view as checks and the catalog need. */
export type ReadableView = Pick<View, 'get' | 'range'>;

const FIRST_CHUNK = 16;
const LARGEST_CHUNK = 512;

/** The entries of a range in key order or its reverse, in pieces between which nothing stays open. */
export function* chunksOf(
  view: ReadableView,
  range: KeyRange,
  reverse = false,
): Generator<Entry[], void, void> {
  let { start, end } = range;
  for (let limit = FIRST_CHUNK; ; limit = Math.min(limit * 4, LARGEST_CHUNK)) {
    const chunk = view.range({ start, end, reverse, limit });
    yield chunk;
    const last = chunk.at(-1);
    if (!last || chunk.length < limit) return;
    if (reverse) end = last.key;
    else start = Buffer.concat([last.key, Buffer.of(0)]);
  }
}

/** Every entry of `table` in key order. */
export function* tableEntries(view: ReadableView, table: number): Generator<Entry, void, void> {
  for (const chunk of chunksOf(view, tableRange(table))) yield* chunk;
}
