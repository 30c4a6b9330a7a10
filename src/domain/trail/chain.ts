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

/** The seal an event carries, or null for one that carries none, or something else in its place. */
export function sealOf(event: StoredEvent): Seal | null {
  const seal = event['seal'] as Partial<Seal> | null | undefined;
  if (typeof seal !== 'object' || seal === null || Object.keys(seal).length !== 2) return null;
  const { number, hash } = seal;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) return null;
  return typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) ? { number, hash } : null;
}
