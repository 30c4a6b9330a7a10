// What every reader and writer of the key space sees: committed state, or a transaction's snapshot with its overlay.

export type Bytes = Buffer;

export interface Entry {
  readonly key: Bytes;
  readonly value: Bytes;
}

export interface RangeRequest {
  /** First key that may be returned. */
  readonly start: Bytes;
  /** First key above the range. */
  readonly end: Bytes;
  readonly reverse?: boolean;
  readonly limit: number;
}

export interface View {
  get(key: Bytes): Bytes | undefined;
  /** Up to `limit` entries with start <= key < end, in key order or its reverse; nothing stays open afterwards. */
  range(request: RangeRequest): Entry[];
  /** How many keys lie in start <= key < end. */
  count(start: Bytes, end: Bytes): number;
  put(key: Bytes, value: Bytes): void;
  remove(key: Bytes): void;
}

/** As much of a view as checks and the catalog need, which never read in reverse. */
export type ReadableView = Pick<View, 'get' | 'range'>;
