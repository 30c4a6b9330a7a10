// One-time codes by RFC 6238: HMAC-SHA-1 over the count of 30-second steps since 1970, six digits.
import type { Role } from './actor.ts';

/** HMAC-SHA-1 of a message under a key: 20 bytes. */
export type HmacSha1 = (key: Uint8Array, message: Uint8Array) => Uint8Array;

const stepSeconds = 30;
const digits = 6;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** How many random bytes a secret takes: 160 bits, as RFC 4226 §4 recommends. */
export const secretBytes = 20;

const required: readonly Role[] = [
  'systemAdministrator',
  'securityAdministrator',
  'auditor',
  'bureauOfficer',
  'bureauReviewer',
  'bureauReader',
];

/** Whether accounts of the role sign in with a code besides their password; the others may. */
export function needsOneTimeCode(role: Role): boolean {
  return required.includes(role);
}

/** The secret as authenticator programs take it: base32 of RFC 4648 without padding. */
export function toBase32(bytes: Uint8Array): string {
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += alphabet[(value >>> (bits - 5)) & 31]!;
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31]! : text;
}

export function fromBase32(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of text.toUpperCase().replace(/[\s=-]/g, '')) {
    const at = alphabet.indexOf(letter);
    if (at < 0) throw new RangeError('Base32 has the letters A to Z and the digits 2 to 7.');
    value = (value << 5) | at;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >>> bits) & 255);
      value &= (1 << bits) - 1;
    }
  }
  return Uint8Array.from(bytes);
}

/** The number of the 30-second step an instant lies in. */
export function stepOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000 / stepSeconds);
}

/** The six digits of a step (RFC 4226 §5.3). */
export function codeOfStep(hmac: HmacSha1, secret: Uint8Array, step: number): string {
  const counter = new Uint8Array(8);
  new DataView(counter.buffer).setBigUint64(0, BigInt(step));
  const mac = hmac(secret, counter);
  const view = new DataView(mac.buffer, mac.byteOffset, mac.byteLength);
  const number = view.getUint32(mac.at(-1)! & 15) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * The step a typed code belongs to: the present one, or its neighbour on either side for clocks that differ; null when the
 * code is of none of them. Takes as long for a wrong one.
 */
export function stepOfCode(hmac: HmacSha1, secret: Uint8Array, typed: string, now: Date): number | null {
  const given = typed.normalize('NFKC').replace(/\s/g, '');
  const present = stepOf(now);
  let found: number | null = null;
  for (const step of [present - 1, present, present + 1])
    if (isSame(codeOfStep(hmac, secret, step), given)) found = step;
  return found;
}

function isSame(right: string, given: string): boolean {
  let difference = right.length ^ given.length;
  for (let at = 0; at < right.length; at += 1) difference |= right.charCodeAt(at) ^ given.charCodeAt(at);
  return difference === 0;
}

/** The address an authenticator program reads from a QR code. */
export function provisioningUri(issuer: string, userName: string, secret: Uint8Array): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(userName)}`;
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${digits}&period=${stepSeconds}`;
}
