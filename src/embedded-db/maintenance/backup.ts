// A backup is a copy of the data file and a note of what it should be; both are whole or there is no note.
import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustBeOpenable } from '../pages/survey.ts';
import { DATA_FILE } from '../pages/page-file.ts';
import { checkFile } from './check.ts';
import { copyState, DamagedData, readDataFile, readPages } from './data-file.ts';
import { mustHaveData } from './must-have-data.ts';
import { fillPlace, NOTE_FILE } from './put-in-place.ts';

export interface BackupNote {
  /** ISO instant at which the copy began: every write acknowledged before is in it. */
  readonly at: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Documents by collection. */
  readonly documents: Readonly<Record<string, number>>;
}

/**
 * Copies the newest committed state of `dir` to the new place `to`, while whoever serves it goes on writing, then checks
 * the copy. NoData, DamagedFile, PlaceInUse; DamagedData when the copy has faults.
 */
export async function backupData(dir: string, to: string, at: Date): Promise<BackupNote> {
  mustHaveData(dir);
  mustBeOpenable(dir);
  return fillPlace(to, async (draft) => {
    await readDataFile(dir, (file) => copyState(file, draft));
    const { errors, bytes, collections } = await readPages(draft, checkFile);
    if (errors.length > 0)
      throw new DamagedData('No backup was made: the copy has faults, because the data has.', errors);
    const documents = Object.fromEntries(collections.map(({ ns, readable }) => [ns, readable]));
    const note: BackupNote = { at: at.toISOString(), bytes, sha256: await digestOf(draft), documents };
    writeFileSync(join(draft, NOTE_FILE), `${JSON.stringify(note, null, 2)}\n`);
    return note;
  });
}

/** The note of a backup, once its file has been found to be the one noted. DamagedData when it is not. */
export async function verifyBackup(from: string): Promise<BackupNote> {
  mustHaveData(from);
  const note = readNote(from);
  if ((await digestOf(from)) !== note.sha256)
    throw new DamagedData(`The data in ${from} is not what was backed up: its digest differs.`, []);
  const { errors } = await readPages(from, checkFile);
  if (errors.length > 0) throw new DamagedData(`The data in ${from} has faults.`, errors);
  return note;
}

/** Verifies the backup in `from`, then copies it to `dir`. PlaceInUse unless that is empty; NoData, DamagedData. */
export function restoreData(from: string, dir: string): Promise<BackupNote> {
  return fillPlace(dir, async (draft) => {
    const note = await verifyBackup(from);
    copyFileSync(join(from, DATA_FILE), join(draft, DATA_FILE));
    return note;
  });
}

function readNote(from: string): BackupNote {
  try {
    return JSON.parse(readFileSync(join(from, NOTE_FILE), 'utf8')) as BackupNote;
  } catch {
    throw new DamagedData(`${from} is no finished backup: it has no readable ${NOTE_FILE}.`, []);
  }
}

async function digestOf(dir: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(join(dir, DATA_FILE))) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
