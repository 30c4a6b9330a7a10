// Brings every sealed value and keyed hash under the present keys, a page of documents at a time, beside whoever writes.
import type { Connection } from 'mongoose';
import type { Cipher } from '../cipher.ts';
import { codeHashes, sealedCollections, type SealedCollection } from './sealed-fields.ts';

type Stored = Record<string, unknown> & { _id: unknown };

/**
 * How many documents were changed. A document that somebody changes at the same moment is left to them, and to the next
 * pass: whoever writes now writes under the present keys. `onProgress` gets the share done, 0 to 1.
 */
export async function reseal(
  connection: Connection,
  cipher: Cipher,
  onProgress: (share: number, collection: string) => void = () => {},
): Promise<number> {
  let changed = 0;
  const counts = await Promise.all(
    sealedCollections.map(({ name }) => connection.collection(name).estimatedDocumentCount()),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const collection of sealedCollections) {
    let after: unknown = null;
    for (;;) {
      const page = await pageOf(connection, collection, after);
      if (page.length === 0) break;
      changed += await resealPage(connection, cipher, collection, page);
      after = page.at(-1)!._id;
      seen += page.length;
      onProgress(Math.min(1, seen / Math.max(1, total)), collection.name);
    }
  }
  return changed;
}

function pageOf(
  connection: Connection,
  { name, page = 200 }: SealedCollection,
  after: unknown,
): Promise<Stored[]> {
  return connection
    .collection(name)
    .find(after === null ? {} : { _id: { $gt: after } as never })
    .sort({ _id: 1 })
    .limit(page)
    .toArray() as unknown as Promise<Stored[]>;
}

async function resealPage(
  connection: Connection,
  cipher: Cipher,
  collection: SealedCollection,
  page: readonly Stored[],
): Promise<number> {
  const updates = page.flatMap((document) => {
    const before: Record<string, unknown> = {};
    const after: Record<string, unknown> = {};
    for (const field of collection.sealed) {
      const value = document[field];
      if (typeof value === 'string' && !cipher.isPresent(value)) {
        before[field] = value;
        after[field] = cipher.seal(cipher.open(value));
      } else if (isBinary(value) && !cipher.isPresent(value.buffer)) {
        before[field] = value;
        after[field] = cipher.sealBytes(cipher.openBytes(value.buffer));
      }
    }
    const isOld = (field: string) =>
      typeof document[field] === 'string' && !cipher.isPresent(document[field]);
    const { rehash, hashed, hashLists = [] } = collection;
    if (
      rehash !== undefined &&
      (hashed.some(isOld) || hashLists.some((field) => isOldList(document[field], cipher)))
    )
      for (const [field, made] of Object.entries(rehash(document, cipher))) {
        // A list is made of what is sealed beside it, so that alone says whether somebody changed it meanwhile.
        const guards = hashLists.includes(field) ? collection.sealed : [field];
        for (const guard of guards) before[guard] = document[guard];
        after[field] = made;
      }
    return Object.keys(after).length === 0
      ? []
      : [{ updateOne: { filter: { _id: document._id, ...before }, update: { $set: after } } }];
  });
  if (updates.length === 0) return 0;
  const { modifiedCount } = await connection.collection(collection.name).bulkWrite(updates as never);
  return modifiedCount;
}

function isOldList(value: unknown, cipher: Cipher): boolean {
  return !Array.isArray(value) || value.some((one) => !cipher.isPresent(one as string));
}

function isBinary(value: unknown): value is { readonly buffer: Uint8Array } {
  return (value as { _bsontype?: string } | null)?._bsontype === 'Binary';
}

/** What is still hashed under a key, in words with its count; empty when nothing is. */
export async function usesOfHashKey(connection: Connection, keyId: string): Promise<string[]> {
  const uses: string[] = [];
  for (const { name, field, what } of codeHashes) {
    const count = await connection.collection(name).countDocuments({ [field]: { $regex: `^${keyId}\\.` } });
    if (count > 0) uses.push(`${count} ${what}`);
  }
  return uses;
}

/** Forgets claim codes that are over, so that they keep no key alive. */
export async function forgetOldClaimCodes(connection: Connection, today: string): Promise<void> {
  await connection.collection('claimCodes').deleteMany({ endsOn: { $lt: today } });
}
