// Rewrites the data file without its free pages, while no server runs, and puts it in place in one step.
import { renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lockDirectory } from '../lock-file.ts';
import { DATA_FILE } from '../pages/page-file.ts';
import { flushPath } from '../storage/store.ts';
import { checkFile } from './check.ts';
import { copyData, DamagedData, mustHaveData, readPages } from './data-file.ts';

const DRAFT = 'compacted.mdb';

/** Bytes before and after. NoData, DirectoryInUse while a server runs, DamagedData (and the file stays as it is). */
export async function compactData(dir: string): Promise<{ before: number; after: number }> {
  mustHaveData(dir);
  const lock = await lockDirectory(dir, '');
  const draft = join(dir, DRAFT);
  try {
    rmSync(draft, { force: true });
    const found = await readPages(dir, DATA_FILE, checkFile);
    if (found.errors.length > 0)
      throw new DamagedData('The data is damaged and stays as it is: salvage it first.', found.errors);
    await copyData(dir, draft, true);
    const copy = await readPages(dir, DRAFT, checkFile);
    if (copy.errors.length > 0 || JSON.stringify(copy.collections) !== JSON.stringify(found.collections))
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
