// Brings a backup into an empty place.
import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DATA_FILE } from '../pages/page-file.ts';
import { verifyBackup, type BackupNote } from './backup.ts';
import { flushPath, mustBeEmpty } from './whole-file.ts';

const DRAFT = 'restoring.mdb';

/** Verifies the backup in `from`, then copies it to `dir`. PlaceInUse unless that is empty; NoData, DamagedData. */
export async function restoreData(from: string, dir: string): Promise<BackupNote> {
  mustBeEmpty(dir);
  const note = await verifyBackup(from);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const draft = join(dir, DRAFT);
  try {
    copyFileSync(join(from, DATA_FILE), draft);
    flushPath(draft);
    renameSync(draft, join(dir, DATA_FILE));
    flushPath(dir);
    flushPath(dirname(resolve(dir)));
  } finally {
    rmSync(draft, { force: true });
  }
  return note;
}
