// A digest of a collection that does not depend on the order in which its documents come.
import { createHash } from 'node:crypto';
import type { mongo } from 'mongoose';

export interface Digest {
  readonly count: number;
  /** Sum of the SHA-256 of every document's bytes, modulo 2^256, in hexadecimal. */
  readonly sum: string;
}

const MODULUS = 1n << 256n;

/** Reads every document of a collection once; `onDocument` hears of each. */
export async function digestOf(collection: mongo.Collection, onDocument = () => {}): Promise<Digest> {
  let sum = 0n;
  let count = 0;
  for await (const bytes of collection.find({}, { raw: true }).batchSize(1000)) {
    const hash = createHash('sha256').update(bytes as unknown as Uint8Array);
    sum = (sum + BigInt(`0x${hash.digest('hex')}`)) % MODULUS;
    count += 1;
    onDocument();
  }
  return { count, sum: sum.toString(16).padStart(64, '0') };
}

export function sameDigest(one: Digest, other: Digest): boolean {
  return one.count === other.count && one.sum === other.sum;
}
