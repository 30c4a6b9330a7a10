// Credentials for one run of a server.
import { randomBytes } from 'node:crypto';
import type { Credentials } from './scram-sha-256.ts';

/** A user and a password nobody can guess (192 bits), of letters, digits, `-` and `_`. */
export function credentialsForRun(): Credentials {
  return {
    user: `guest-${randomBytes(3).toString('hex')}`,
    password: randomBytes(24).toString('base64url'),
  };
}
