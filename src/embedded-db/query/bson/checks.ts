// What the decoder refuses, and the sizes of BSON's fixed types.

import { BSONRegExp } from 'bson';
import { QueryError } from '../errors.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes of the types that have one size, by type number. */
export const FIXED_SIZES: Readonly<Record<number, number>> = {
  0x01: 8,
  0x06: 0,
  0x07: 12,
  0x08: 1,
  0x09: 8,
  0x0a: 0,
  0x10: 4,
  0x11: 8,
  0x12: 8,
  0x13: 16,
  0x7f: 0,
  0xff: 0,
};

/** The refusal of malformed BSON: InvalidBSON (22). */
export function invalid(why: string): QueryError {
  return new QueryError(22, `invalid BSON: ${why}`);
}

/** Throws where the bytes from `start` to `stop` are not UTF-8. */
export function checkUtf8(buffer: Buffer, start: number, stop: number): void {
  try {
    strictUtf8.decode(buffer.subarray(start, stop));
  } catch {
    throw invalid('text that is not UTF-8');
  }
}

/** A BSON regular expression, its options sorted. */
export function regExpOf(pattern: string, options: string): BSONRegExp {
  try {
    return new BSONRegExp(pattern, options);
  } catch {
    throw invalid('a regular expression option that does not exist');
  }
}
