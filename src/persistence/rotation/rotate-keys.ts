// A rotation of keys while the application serves: make the new ones known, wait until every process has read them, use
// them, bring all values under them, and forget the old ones that nothing uses.
import type { Connection } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import {
  createCipher,
  keyFileGrace,
  newRing,
  readKeyFile,
  replaceKeyFile,
  type KeyFile,
  type KeyRing,
} from '../cipher.ts';
import { forgetOldClaimCodes, reseal, usesOfHashKey } from './reseal.ts';

export interface Rotation {
  /** A rotation that was interrupted went on; no new key was made. */
  readonly resumed: boolean;
  readonly changed: number;
  /** Old hash keys that stay, each with what still needs it. */
  readonly kept: readonly { readonly keyId: string; readonly uses: readonly string[] }[];
}

export interface RotateOptions {
  readonly now: Date;
  readonly onProgress?: (share: number, what: string) => void;
  /** How long every process takes at most to read a changed file. */
  readonly grace?: number;
}

/** Rotates the keys of a file over a database; run again after an interruption it goes on where it was. */
export async function rotateKeys(
  connection: Connection,
  keyFile: string,
  { now, onProgress, grace = keyFileGrace + 1_000 }: RotateOptions,
): Promise<Rotation> {
  const before = readKeyFile(keyFile);
  const resumed = Object.keys(before.keys).length > 1;
  if (!resumed) {
    const [keys, hashing] = [newRing(), newRing()];
    replaceKeyFile(keyFile, { ...withKeys(before, keys), hashing: withKeys(before.hashing, hashing) });
  }
  await sleep(grace);
  const known = readKeyFile(keyFile);
  replaceKeyFile(keyFile, { ...asPresent(known), hashing: asPresent(known.hashing) });
  await sleep(grace);
  const present = readKeyFile(keyFile);
  const cipher = createCipher(present);
  let changed = 0;
  for (
    let pass = await reseal(connection, cipher, onProgress);
    pass > 0;
    pass = await reseal(connection, cipher)
  )
    changed += pass;
  return { resumed, changed, kept: await retire(connection, { keyFile, present, now }) };
}

const withKeys = <R extends KeyRing>(ring: R, fresh: KeyRing): R => ({
  ...ring,
  keys: { ...ring.keys, ...fresh.keys },
});

/** Whether a ring makes values with another key than one read before, or got keys since. */
const hasOthersThan = (before: KeyRing, ring: KeyRing): boolean =>
  ring.current !== before.current || Object.keys(ring.keys).some((id) => !Object.hasOwn(before.keys, id));

/** The key that was made last becomes the present one. */
function asPresent<R extends KeyRing>(ring: R): R {
  return { ...ring, current: Object.keys(ring.keys).at(-1)! };
}

async function retire(
  connection: Connection,
  { keyFile, present, now }: { keyFile: string; present: KeyFile; now: Date },
): Promise<Rotation['kept']> {
  await forgetOldClaimCodes(connection, dayOf(now));
  const kept: { keyId: string; uses: string[] }[] = [];
  for (const keyId of Object.keys(present.hashing.keys).filter((id) => id !== present.hashing.current)) {
    const uses = await usesOfHashKey(connection, keyId);
    if (uses.length > 0) kept.push({ keyId, uses });
  }
  const file = readKeyFile(keyFile);
  // What was brought under the present keys is all that this rotation knows: another one needs them still.
  if (hasOthersThan(present, file) || hasOthersThan(present.hashing, file.hashing))
    throw new Error(
      `Another rotation has begun to change the keys of ${keyFile}. Let it end, then run this one again.`,
    );
  const stays = [...kept.map(({ keyId }) => keyId), file.hashing.current];
  const only = (ring: KeyRing, ids: readonly string[]) =>
    Object.fromEntries(Object.entries(ring.keys).filter(([id]) => ids.includes(id)));
  const retired: KeyFile = {
    current: file.current,
    keys: only(file, [file.current]),
    hashing: { current: file.hashing.current, keys: only(file.hashing, stays) },
  };
  replaceKeyFile(keyFile, retired);
  return kept;
}
