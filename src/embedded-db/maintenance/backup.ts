// A backup is a copy of the data file and a note of what it should be; both are whole or there is no note.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { mustBeOpenable } from '../pages/survey.ts';
import { DATA_FILE } from '../pages/page-file.ts';
import { flushPath } from '../storage/store.ts';
import { checkFile } from './check.ts';
import { copyData, DamagedData, mustBeEmpty, mustHaveData, readPages } from './data-file.ts';

export interface BackupNote {
  /** ISO instant at which the copy began: every write acknowledged before is in it. */
  readonly at: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Documents by collection. */
  readonly documents: Readonly<Record<string, number>>;
}

export const NOTE_FILE = 'backup.json';
const COPYING = 'copying.mdb';
const RESTORING = 'restoring.mdb';

/**
 * Copies the newest committed state of `dir` to the new place `to`, while whoever serves it goes on writing, then checks
 * the copy. NoData, DamagedFile, PlaceInUse; DamagedData when the copy has faults: it stays there without a note.
 */
export async function backupData(dir: string, to: string, at: Date): Promise<BackupNote> {
  mustHaveData(dir);
  mustBeEmpty(to);
  mustBeOpenable(dir);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const draft = join(to, COPYING);
  // Page by page as they lie: the compacting copy would follow every pointer, a damaged one too.
  await copyData(dir, resolve(draft), false);
  flushPath(draft);
  const { errors, bytes, collections } = await readPages(to, COPYING, checkFile);
  if (errors.length > 0) throw new DamagedData('The copy has faults, because the data has.', errors);
  const documents = Object.fromEntries(collections.map(({ ns, readable }) => [ns, readable]));
  const note: BackupNote = { at: at.toISOString(), bytes, sha256: await digestOf(draft), documents };
  renameSync(draft, join(to, DATA_FILE));
  writeFileSync(join(to, NOTE_FILE), `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600, flush: true });
  flushNames(to);
  return note;
}

/** The note of a backup, once its file has been found to be the one noted. DamagedData when it is not. */
export async function verifyBackup(from: string): Promise<BackupNote> {
  mustHaveData(from);
  const note = readNote(from);
  if ((await digestOf(join(from, DATA_FILE))) !== note.sha256)
    throw new DamagedData(`The data in ${from} is not what was backed up: its digest differs.`, []);
  const { errors } = await readPages(from, DATA_FILE, checkFile);
  if (errors.length > 0) throw new DamagedData(`The data in ${from} has faults.`, errors);
  return note;
}

/** Verifies the backup in `from`, then copies it to `dir`. PlaceInUse unless that is empty; NoData, DamagedData. */
export async function restoreData(from: string, dir: string): Promise<BackupNote> {
  mustBeEmpty(dir);
  const note = await verifyBackup(from);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const draft = join(dir, RESTORING);
  try {
    copyFileSync(join(from, DATA_FILE), draft);
    flushPath(draft);
    renameSync(draft, join(dir, DATA_FILE));
    flushNames(dir);
  } finally {
    rmSync(draft, { force: true });
  }
  return note;
}

function readNote(from: string): BackupNote {
  try {
    return JSON.parse(readFileSync(join(from, NOTE_FILE), 'utf8')) as BackupNote;
  } catch {
    throw new DamagedData(`${from} is no finished backup: it has no readable ${NOTE_FILE}.`, []);
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

// The names in a directory, and its own.
function flushNames(dir: string): void {
  flushPath(dir);
  flushPath(dirname(resolve(dir)));
}
