// Rewrites the data file without its free pages, while no server runs, and puts it in place in one step.
import { renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lockDirectory } from '../lock-file.ts';
import { DATA_FILE, openPageFile } from '../pages/page-file.ts';
import { checkFile, type Checked } from './check.ts';
import { DamagedData } from './damaged-data.ts';
import { mustHaveData, openForReading } from './data-file.ts';
import { flushPath } from './whole-file.ts';

const DRAFT = 'compacted.mdb';

/** Bytes before and after. NoData, DirectoryInUse while a server runs, DamagedData (and the file stays as it is). */
export async function compactData(dir: string): Promise<{ before: number; after: number }> {
  mustHaveData(dir);
  const lock = lockDirectory(dir, '');
  const draft = join(dir, DRAFT);
  try {
    rmSync(draft, { force: true });
    const found = checkNow(dir);
    if (found.errors.length > 0)
      throw new DamagedData('The data is damaged and stays as it is: salvage it first.', found.errors);
    await copyInto(dir, draft);
    const copy = checkNow(dir, DRAFT);
    if (copy.errors.length > 0 || !sameContents(found, copy))
      throw new DamagedData('The copy is not what it should be; the data stays as it is.', copy.errors);
    flushPath(draft);
    // A reader of the old file keeps the old lock table; left in place it would count transactions for the new file.
    rmSync(join(dir, `${DATA_FILE}-lock`), { force: true });
    renameSync(draft, join(dir, DATA_FILE));
    flushPath(dir);
    return { before: found.bytes, after: statSync(join(dir, DATA_FILE)).size };
  } finally {
    rmSync(draft, { force: true });
    lock.release();
  }
}

async function copyInto(dir: string, draft: string): Promise<void> {
  const database = openForReading(dir);
  try {
    await database.backup(draft, true);
  } finally {
    await database.close();
  }
}

function checkNow(dir: string, name?: string): Checked {
  const file = openPageFile(dir, name);
  try {
    return checkFile(file);
  } finally {
    file.close();
  }
}

function sameContents(one: Checked, other: Checked): boolean {
  return JSON.stringify(one.collections) === JSON.stringify(other.collections);
}
