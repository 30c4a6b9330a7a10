// A checkpoint says how far the trail reached at an instant, signed: kept elsewhere, it shows a trail that was cut or written
// anew (ADR 10).
import type { Seal } from './chain.ts';

export interface Checkpoint extends Seal {
  readonly at: Date;
  /** Which key signed: the first 16 hexadecimal digits of the SHA-256 of the public key. */
  readonly keyId: string;
  /** Ed25519 over `signedText`, in base64. */
  readonly signature: string;
}

/** The text that is signed. */
export function signedText({ number, hash, at, keyId }: Omit<Checkpoint, 'signature'>): string {
  return `skillroll trail checkpoint 1\n${number}\n${hash}\n${at.toISOString()}\n${keyId}\n`;
}

/** The checkpoint a file holds, or null when it holds none. */
export function readCheckpoint(file: unknown): Checkpoint | null {
  const { number, hash, at, keyId, signature } = (file ?? {}) as Record<string, unknown>;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) return null;
  if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return null;
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return null;
  if (typeof keyId !== 'string' || typeof signature !== 'string') return null;
  return { number, hash, at: new Date(at), keyId, signature };
}
