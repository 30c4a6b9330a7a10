// Record ids: 26 characters of Crockford base32, 48 bits of time first, so that they sort by making.
import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A fresh id; `random` and `time` are given where ids must repeat. */
export function newId(time = Date.now(), random: Uint8Array = randomBytes(16)): string {
  let id = '';
  for (let shift = 45; shift >= 0; shift -= 5) id += alphabet[Math.floor(time / 2 ** shift) % 32];
  for (let index = 0; index < 16; index += 1) id += alphabet[random[index]! % 32];
  return id;
}
