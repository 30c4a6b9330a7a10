// Passwords as scrypt hashes that carry their own cost, so that the cost can rise later.
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Whether the password is the one of the hash; takes as long for no hash at all. */
  matches(password: string, hash: string | null): Promise<boolean>;
  /** Whether the hash was made at another cost than the present one. */
  isOutdated(hash: string): boolean;
}

/** scrypt with N = 2^cost, r = 8, p = 1 (17 is the current advice for sign-in; tests and the demo take less). */
export function createPasswords(cost: number): Passwords {
  const decoy = `scrypt$${cost}$${'A'.repeat(22)}$${'A'.repeat(43)}`;
  return {
    isOutdated: (hash) => Number(hash.split('$')[1]) !== cost,
    async hash(password) {
      const salt = randomBytes(16);
      const key = await derive(password, salt, cost);
      return `scrypt$${cost}$${salt.toString('base64url')}$${key.toString('base64url')}`;
    },
    async matches(password, hash) {
      const [, exponent, salt, key] = (hash ?? decoy).split('$');
      const given = await derive(password, Buffer.from(salt!, 'base64url'), Math.min(20, Number(exponent)));
      const kept = Buffer.from(key!, 'base64url');
      return hash !== null && kept.length === given.length && timingSafeEqual(kept, given);
    },
  };
}

function derive(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** cost, r: 8, p: 1, maxmem: 256 * 2 ** cost * 8 };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
