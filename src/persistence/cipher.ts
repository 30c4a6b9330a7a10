// Encryption of identity data at rest (ADR 0007): AES-256-GCM with the key's id in front of each value, and a keyed hash
// for look-up. Another algorithm replaces this file behind the same interface.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Cipher {
  /** Encrypted text, base64url with the key id in front. */
  seal(plain: string): string;
  /** The text sealed; throws when the value was altered or its key is gone. */
  open(sealed: string): string;
  sealBytes(plain: Uint8Array): Buffer;
  openBytes(sealed: Uint8Array): Buffer;
  /** Keyed hash of a value of a kind ('document', 'mobile', 'claim' …), equal for equal values. */
  hash(kind: string, value: string): string;
}

interface KeyFile {
  readonly current: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly hashKey: string;
}

/** The cipher of a key file; throws when the file is absent, readable by others, or malformed. */
export function readCipher(path: string): Cipher {
  const mode = statSync(path).mode & 0o077;
  if (mode !== 0 && process.platform !== 'win32')
    throw new Error(`The key file ${path} is readable by others. Run: chmod 600 ${path}`);
  return createCipher(JSON.parse(readFileSync(path, 'utf8')) as KeyFile);
}

/** Writes a new key file (mode 0600) unless there is one; of two processes that start at once, one key file is both's. */
export function ensureKeyFile(path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  const id = randomBytes(4).toString('hex');
  const file: KeyFile = {
    current: id,
    keys: { [id]: randomBytes(32).toString('hex') },
    hashKey: randomBytes(32).toString('hex'),
  };
  const draft = `${path}.${String(process.pid)}.${id}`;
  writeFileSync(draft, JSON.stringify(file, null, 2) + '\n', { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
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
    const key = keys.get(bytes.subarray(0, 4).toString('hex'));
    if (key === undefined) throw new Error('A sealed value names a key that is not in the key file.');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(4, 16));
    decipher.setAuthTag(bytes.subarray(16, 32));
    return Buffer.concat([decipher.update(bytes.subarray(32)), decipher.final()]);
  };
  const hashKeyOf = (kind: string): Buffer => {
    let key = hashKeys.get(kind);
    if (key === undefined) {
      key = Buffer.from(hkdfSync('sha256', Buffer.from(file.hashKey, 'hex'), '', kind, 32));
      hashKeys.set(kind, key);
    }
    return key;
  };
  return {
    sealBytes,
    openBytes,
    seal: (plain) => sealBytes(Buffer.from(plain, 'utf8')).toString('base64url'),
    open: (sealed) => openBytes(Buffer.from(sealed, 'base64url')).toString('utf8'),
    hash: (kind, value) => createHmac('sha256', hashKeyOf(kind)).update(value).digest('base64url'),
  };
}
