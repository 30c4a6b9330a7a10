// SCRAM-SHA-256 as a server speaks it (RFC 5802, RFC 7677): the password never crosses the wire and is not kept.
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { CommandError } from '../errors.ts';

/** A name and a password of printable ASCII, so that no client has to prepare them (RFC 4013). */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** What the server keeps of credentials: enough to check a proof, too little to make one. */
export type ScramSecret = ReturnType<typeof scramSecret>;
/** An exchange after the client's first message. */
export type ScramExchange = ReturnType<typeof scramExchange>;

/** MongoDB's own number, and the least that drivers accept is 4096. */
const ITERATIONS = 15_000;
const DIGEST = 'sha256';
const LENGTH = 32;
const NONCE_BYTES = 24;

/** A user and a password for one run that nobody can guess (192 bits), of letters, digits, `-` and `_`. */
export function credentialsForRun(): Credentials {
  return { user: `guest-${randomBytes(3).toString('hex')}`, password: randomBytes(24).toString('base64url') };
}

/** The secret of these credentials, with a salt of its own. */
export function scramSecret({ user, password }: Credentials) {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, ITERATIONS, LENGTH, DIGEST);
  const [storedKey, serverKey] = [hash(hmac(salted, 'Client Key')), hmac(salted, 'Server Key')];
  return { user, salt, storedKey, serverKey };
}

/** The error of every failed attempt: it tells nobody which part was wrong. */
export function authenticationFailed(): CommandError {
  return new CommandError(18, 'Authentication failed.');
}

/** Begins an exchange with a client that wants to prove it knows the password. AuthenticationFailed (18). */
export function scramExchange(secret: ScramSecret, message: string) {
  const { header, bare, user, nonce } = readFirst(message);
  const combined = nonce + randomBytes(NONCE_BYTES).toString('base64');
  const first = `r=${combined},s=${base64(secret.salt)},i=${ITERATIONS}`;
  return {
    /** The server's answer to the client's first message. */
    first,
    /** Takes the client's proof and gives the server's own. AuthenticationFailed (18) for whatever is not right. */
    finish(final: string): string {
      const { channel, returned, proof, withoutProof } = readFinal(final);
      const signed = `${bare},${first},${withoutProof}`;
      const key = xor(proof, hmac(secret.storedKey, signed));
      const right = [
        // A name that is not known takes the same way and the same time to its refusal.
        same(hash(key), secret.storedKey),
        same(user, secret.user),
        same(returned, combined),
        same(channel, base64(Buffer.from(header))),
      ];
      if (right.includes(false)) throw authenticationFailed();
      return `v=${base64(hmac(secret.serverKey, signed))}`;
    },
  };
}

// gs2 header, then the bare message. No channel binding is offered, no authorisation as somebody else, no extension.
function readFirst(message: string) {
  const parts = /^([ny],,)(n=([^,]+),r=([\x21-\x2b\x2d-\x7e]+))$/.exec(message);
  if (!parts) throw authenticationFailed();
  const [, header = '', bare = '', user = '', nonce = ''] = parts;
  return { header, bare, user: user.replaceAll('=2C', ',').replaceAll('=3D', '='), nonce };
}

function readFinal(message: string) {
  const parts = /^(c=([^,]+),r=([^,]+)),p=([A-Za-z0-9+/=]+)$/.exec(message);
  if (!parts) throw authenticationFailed();
  const [, withoutProof = '', channel = '', returned = '', given = ''] = parts;
  const proof = Buffer.from(given, 'base64');
  if (proof.length !== LENGTH) throw authenticationFailed();
  return { channel, returned, proof, withoutProof };
}

// Texts may differ in length: their hashes do not, and are compared in constant time.
function same(left: string | Uint8Array, right: string | Uint8Array): boolean {
  return timingSafeEqual(hash(left), hash(right));
}

function xor(left: Uint8Array, right: Uint8Array): Buffer {
  return Buffer.from(left.map((byte, at) => byte ^ (right[at] ?? 0)));
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac(DIGEST, key).update(text).digest();
}

function hash(bytes: string | Uint8Array): Buffer {
  return createHash(DIGEST).update(bytes).digest();
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
