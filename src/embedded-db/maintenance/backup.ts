// A backup is a copy of the data file and a note of what it should be; both are whole or there is no note.
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DATA_FILE, openPageFile } from '../pages/page-file.ts';
import { mustBeOpenable } from '../pages/openable.ts';
import { checkFile, type Checked } from './check.ts';
import { DamagedData } from './damaged-data.ts';
import { mustHaveData, openForReading } from './data-file.ts';
import { flushPath, mustBeEmpty } from './whole-file.ts';

export interface BackupNote {
  /** ISO instant at which the copy began: every write acknowledged before is in it. */
  readonly at: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Documents by collection. */
  readonly documents: Readonly<Record<string, number>>;
}

export const NOTE_FILE = 'backup.json';
const DRAFT = 'copying.mdb';

/**
 * Copies the newest committed state of `dir` to the new place `to`, while whoever serves it goes on writing, then checks
 * the copy. NoData, DamagedFile, PlaceInUse; DamagedData when the copy has faults: it stays there without a note.
 */
export async function backupData(dir: string, to: string, at: Date): Promise<BackupNote> {
  mustHaveData(dir);
  mustBeEmpty(to);
  mustBeOpenable(dir);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const database = openForReading(dir);
  try {
    // Page by page as they lie: the compacting copy would follow every pointer, a damaged one too.
    await database.backup(join(resolve(to), DRAFT), false);
  } finally {
    await database.close();
  }
  flushPath(join(to, DRAFT));
  const checked = checkCopy(to, DRAFT);
  if (checked.errors.length > 0)
    throw new DamagedData('The copy has faults, because the data has.', checked.errors);
  const note: BackupNote = {
    at: at.toISOString(),
    bytes: checked.bytes,
    sha256: await digestOf(join(to, DRAFT)),
    documents: Object.fromEntries(checked.collections.map(({ ns, readable }) => [ns, readable])),
  };
  renameSync(join(to, DRAFT), join(to, DATA_FILE));
  writeFileSync(join(to, NOTE_FILE), `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600, flush: true });
  flushPath(to);
  flushPath(dirname(resolve(to)));
  return note;
}

/** The note of a backup, once its file has been found to be the one noted. DamagedData when it is not. */
export async function verifyBackup(from: string): Promise<BackupNote> {
  mustHaveData(from);
  const note = readNote(from);
  if ((await digestOf(join(from, DATA_FILE))) !== note.sha256)
    throw new DamagedData(`The data in ${from} is not what was backed up: its digest differs.`, []);
  const { errors } = checkCopy(from, DATA_FILE);
  if (errors.length > 0) throw new DamagedData(`The data in ${from} has faults.`, errors);
  return note;
}

function readNote(from: string): BackupNote {
  try {
    return JSON.parse(readFileSync(join(from, NOTE_FILE), 'utf8')) as BackupNote;
  } catch {
    throw new DamagedData(`${from} is no finished backup: it has no readable ${NOTE_FILE}.`, []);
  }
}

function checkCopy(dir: string, name: string): Checked {
  const file = openPageFile(dir, name);
  try {
    return checkFile(file);
  } finally {
    file.close();
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
