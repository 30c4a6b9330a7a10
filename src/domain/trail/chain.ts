// The chain of sealed events: each hash covers the one before it and the event's bytes.
import { canonicalBytes, type StoredEvent } from './canonical-bytes.ts';

export interface Seal {
  /** 1, 2, 3 … without a gap. */
  readonly number: number;
  /** 64 hexadecimal digits. */
  readonly hash: string;
}

/** SHA-256 over the 32 bytes of the previous hash and the bytes given, in hexadecimal digits. */
export type Link = (previousHash: string, bytes: Uint8Array) => string;

/** What the first event follows. */
export const genesis: Seal = { number: 0, hash: '0'.repeat(64) };

/** The seal of the event that comes after `last`; throws TypeError for an event that cannot be sealed. */
export function nextSeal(link: Link, last: Seal, event: StoredEvent): Seal {
  return { number: last.number + 1, hash: link(last.hash, canonicalBytes(event)) };
}

/** A place of the chain: what was sealed there, and the event that is found under that id now. */
export interface Place {
  readonly seal: Seal;
  readonly eventId: string;
  /** First number of those sealed at once, which their events carry as `sealBatch`. */
  readonly batch: number;
  readonly event: StoredEvent | null;
}
