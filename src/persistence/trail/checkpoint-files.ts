// Checkpoints as files: one a day in the folder of the setting, with the public key beside them.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { readCheckpoint, type Checkpoint } from '../../domain/trail/checkpoint.ts';
import type { Seal } from '../../domain/trail/chain.ts';
import { draftOf } from '../draft-of.ts';
import { isSignedBy, type Signer } from './signing-key.ts';

/** Writes a signed checkpoint of the trail's head under a name, or nothing when a file of that name is there; its path. */
export function writeCheckpoint(
  folder: string,
  name: string,
  { signer, head, now }: { signer: Signer; head: Seal; now: Date },
): string {
  mkdirSync(folder, { recursive: true });
  const key = join(folder, 'trail-public-key.pem');
  if (!existsSync(key)) writeFileSync(key, signer.publicKey);
  const path = join(folder, `${name}.json`);
  if (existsSync(path)) return path;
  const checkpoint = signer.sign({ number: head.number, hash: head.hash, at: now });
  // Whoever reads the folder meanwhile sees whole files only.
  const draft = draftOf(path);
  writeFileSync(draft, `${JSON.stringify(checkpoint, null, 2)}\n`);
  renameSync(draft, path);
  return path;
}

/**
 * The checkpoint of a file, or all of a folder. Throws a sentence for a file that holds none, an empty folder, and, where a
 * public key is given, for one that this key did not sign.
 */
export function readCheckpoints(path: string, publicKey: string | null): Checkpoint[] {
  if (!existsSync(path)) throw new Error(`There is no checkpoint at ${path}.`);
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => join(path, name))
    : [path];
  if (files.length === 0) throw new Error(`There is no checkpoint in ${path}.`);
  return files.map((file) => {
    const checkpoint = parse(file);
    if (checkpoint === null) throw new Error(`${file} is not a checkpoint of the trail.`);
    if (publicKey !== null && !isSignedBy(publicKey, checkpoint))
      throw new Error(`${file} was not signed by the key given, or was altered since.`);
    return checkpoint;
  });
}

function parse(file: string): Checkpoint | null {
  try {
    return readCheckpoint(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
