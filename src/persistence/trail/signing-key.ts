// The Ed25519 key that signs checkpoints lies beside the key file, the public half beside it for whoever verifies.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { chmodSync, existsSync, linkSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { draftOf } from '../draft-of.ts';
import { signedText, type Checkpoint } from '../../domain/trail/checkpoint.ts';

export const signingKeyFile = (keyFile: string): string => `${keyFile}.trail.pem`;
export const publicKeyFile = (keyFile: string): string => `${keyFile}.trail.pub.pem`;

export interface Signer {
  sign(checkpoint: Omit<Checkpoint, 'keyId' | 'signature'>): Checkpoint;
  /** In PEM. */
  readonly publicKey: string;
}

/** The signer of an installation, made with both files at the first call; throws when the key is readable by others. */
export function openSigner(keyFile: string): Signer {
  const path = signingKeyFile(keyFile);
  if (!existsSync(path)) makeKey(path);
  if ((statSync(path).mode & 0o077) !== 0 && process.platform !== 'win32')
    throw new Error(`The signing key ${path} is readable by others. Run: chmod 600 ${path}`);
  const key = createPrivateKey(readFileSync(path));
  const publicKey = String(createPublicKey(key).export({ type: 'spki', format: 'pem' }));
  if (!existsSync(publicKeyFile(keyFile))) writeFileSync(publicKeyFile(keyFile), publicKey);
  const keyId = keyIdOf(createPublicKey(key));
  return {
    publicKey,
    sign(checkpoint) {
      const named = { ...checkpoint, keyId };
      return { ...named, signature: sign(null, Buffer.from(signedText(named)), key).toString('base64') };
    },
  };
}

/** The public key of a file, in PEM; throws a sentence for one that is none. */
export function readPublicKey(path: string): string {
  try {
    const pem = readFileSync(path, 'utf8');
    if (createPublicKey(pem).asymmetricKeyType === 'ed25519') return pem;
  } catch {
    // Missing, unreadable or something else: the cure is the same.
  }
  throw new Error(
    `${path} is not the public key of a trail: name trail-public-key.pem from beside the checkpoints, or the .trail.pub.pem from beside the key file.`,
  );
}

/** Whether the key of a public PEM signed the checkpoint. */
export function isSignedBy(publicKey: string, checkpoint: Checkpoint): boolean {
  const key = createPublicKey(publicKey);
  return (
    keyIdOf(key) === checkpoint.keyId &&
    verify(null, Buffer.from(signedText(checkpoint)), key, Buffer.from(checkpoint.signature, 'base64'))
  );
}

function keyIdOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

/** Of two processes that start at once, one key is both's. */
function makeKey(path: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const draft = draftOf(path);
  writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}
