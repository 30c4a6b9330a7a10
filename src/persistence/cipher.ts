// Encryption of identity data at rest (ADR 0007): AES-256-GCM with the key's id in front of each value, and a keyed hash
// for look-up. Another algorithm replaces this file behind the same interface.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { draftOf } from './draft-of.ts';

export interface Cipher {
  /** Encrypted text, base64url with the key id in front. */
  seal(plain: string): string;
  /** The text sealed; throws when the value was altered or its key is gone. */
  open(sealed: string): string;
  sealBytes(plain: Uint8Array): Buffer;
  openBytes(sealed: Uint8Array): Buffer;
  /** Keyed hash of a value of a kind ('document', 'mobile', 'claim' …), equal for equal values, its key's id in front. */
  hash(kind: string, value: string): string;
  /** The hash under every key that may still be in use, the present one first: what a look-up asks for. */
  hashes(kind: string, value: string): readonly string[];
  /** Whether a sealed value or a keyed hash was made with the present key. */
  isPresent(made: string | Uint8Array): boolean;
}

/** Keys by id, and which of them makes new values; the others only open old ones. */
export interface KeyRing {
  readonly current: string;
  readonly keys: Readonly<Record<string, string>>;
}

export interface KeyFile extends KeyRing {
  readonly hashing: KeyRing;
}

/** The keys of a file; throws a sentence, and nothing of its contents, when it cannot be read, others can, or it is malformed. */
export function readKeyFile(path: string): KeyFile {
  const mode = statSync(path).mode & 0o077;
  if (mode !== 0 && process.platform !== 'win32')
    throw new Error(`The key file ${path} is readable by others. Run: chmod 600 ${path}`);
  const file = parse(readText(path));
  if (!isRing(file) || !isRing(file.hashing))
    throw new Error(
      `${path} is not a key file, or a damaged one. Put its copy back there, or name the right file with KEY_FILE or --key.`,
    );
  return file as KeyFile;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(
      `The key file ${path} cannot be read (${(error as NodeJS.ErrnoException).code}). It must be a file that belongs to whom the application runs as.`,
      { cause: error },
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRing(value: unknown): value is KeyRing & { readonly hashing?: unknown } {
  const { current, keys } = (value ?? {}) as Partial<KeyRing>;
  if (typeof current !== 'string' || typeof keys !== 'object' || keys === null) return false;
  const isKey = ([id, key]: [string, unknown]) =>
    /^[0-9a-f]{8}$/.test(id) && typeof key === 'string' && /^[0-9a-f]{64}$/.test(key);
  return Object.hasOwn(keys, current) && Object.entries(keys).every(isKey);
}

/** How long a process may go on with the keys it read, in milliseconds. */
export const keyFileGrace = 2_000;

/**
 * The cipher of a key file, read again when the file changed, so that a rotation needs no restart; throws when the file is
 * absent, readable by others, or malformed.
 */
export function readCipher(path: string): Cipher {
  const stamp = () => {
    const { mtimeMs, ino } = statSync(path);
    return `${mtimeMs}:${ino}`;
  };
  let read = stamp();
  let cipher = createCipher(readKeyFile(path));
  let lookedAt = Date.now();
  const present = (): Cipher => {
    const now = Date.now();
    if (now - lookedAt < keyFileGrace) return cipher;
    lookedAt = now;
    const found = stamp();
    if (found !== read) {
      cipher = createCipher(readKeyFile(path));
      read = found;
    }
    return cipher;
  };
  return {
    seal: (plain) => present().seal(plain),
    open: (sealed) => present().open(sealed),
    sealBytes: (plain) => present().sealBytes(plain),
    openBytes: (sealed) => present().openBytes(sealed),
    hash: (kind, value) => present().hash(kind, value),
    hashes: (kind, value) => present().hashes(kind, value),
    isPresent: (made) => present().isPresent(made),
  };
}

/** Writes a new key file (mode 0600) unless there is one; of two processes that start at once, one key file is both's. */
export function ensureKeyFile(path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  const draft = writeDraft(path, { ...newRing(), hashing: newRing() });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** Puts changed keys in place of the file at once: a reader finds the old or the new ones, never half. */
export function replaceKeyFile(path: string, file: KeyFile): void {
  renameSync(writeDraft(path, file), path);
}

/** The id of the key that sealed a value. */
export function keyIdOf(sealed: string | Uint8Array): string {
  const head = typeof sealed === 'string' ? Buffer.from(sealed.slice(0, 8), 'base64url') : sealed;
  return Buffer.from(head.subarray(0, 4)).toString('hex');
}

/** A ring of one fresh 256-bit key. */
export function newRing(): KeyRing {
  // Rings keep their keys in the order of making, which a name of digits alone would lose in an object.
  const name = randomBytes(4);
  name[0]! |= 0xa0;
  const id = name.toString('hex');
  return { current: id, keys: { [id]: randomBytes(32).toString('hex') } };
}

function writeDraft(path: string, file: KeyFile): string {
  const draft = draftOf(path);
  writeFileSync(draft, JSON.stringify(file, null, 2) + '\n', { mode: 0o600, flag: 'wx' });
  return draft;
}

export function createCipher(file: KeyFile): Cipher {
  const keys = new Map(Object.entries(file.keys).map(([id, hex]) => [id, Buffer.from(hex, 'hex')]));
  const hashKeys = new Map<string, Buffer>();
  const current = keys.get(file.current);
  if (current === undefined || current.length !== 32)
    throw new Error('The key file names no current 256-bit key.');
  const keyId = Buffer.from(file.current, 'hex');

  const sealBytes = (plain: Uint8Array): Buffer => {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', current, iv);
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([keyId, iv, cipher.getAuthTag(), body]);
  };
  const openBytes = (sealed: Uint8Array): Buffer => {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const key = keys.get(keyIdOf(bytes));
    if (key === undefined) throw new Error('A sealed value names a key that is not in the key file.');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(4, 16));
    decipher.setAuthTag(bytes.subarray(16, 32));
    return Buffer.concat([decipher.update(bytes.subarray(32)), decipher.final()]);
  };
  const hashKeyOf = (id: string, kind: string): Buffer => {
    const name = `${id} ${kind}`;
    let key = hashKeys.get(name);
    if (key === undefined) {
      key = Buffer.from(hkdfSync('sha256', Buffer.from(file.hashing.keys[id]!, 'hex'), '', kind, 32));
      hashKeys.set(name, key);
    }
    return key;
  };
  const hashUnder = (id: string, kind: string, value: string) =>
    `${id}.${createHmac('sha256', hashKeyOf(id, kind)).update(value).digest('base64url')}`;
  const hashIds = [
    file.hashing.current,
    ...Object.keys(file.hashing.keys).filter((id) => id !== file.hashing.current),
  ];
  const hashPrefix = `${file.hashing.current}.`;
  return {
    sealBytes,
    openBytes,
    seal: (plain) => sealBytes(Buffer.from(plain, 'utf8')).toString('base64url'),
    open: (sealed) => openBytes(Buffer.from(sealed, 'base64url')).toString('utf8'),
    hash: (kind, value) => hashUnder(file.hashing.current, kind, value),
    hashes: (kind, value) => hashIds.map((id) => hashUnder(id, kind, value)),
    isPresent(made) {
      if (typeof made === 'string' && made.includes('.')) return made.startsWith(hashPrefix);
      return keyIdOf(made) === file.current;
    },
  };
}
