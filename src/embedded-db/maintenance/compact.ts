// Rewrites the data file without its free pages, while no server runs, and puts it in place in one step.
import { open } from 'lmdb';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DATA_FILE } from '../pages/page-file.ts';
import { LMDB_OPTIONS, makeWayFor } from '../storage/lmdb-files.ts';
import { checkFile } from './check.ts';
import { DamagedData, readPages } from './data-file.ts';
import { mustHaveData } from './must-have-data.ts';
import { putInPlace } from './put-in-place.ts';

/** Bytes before and after. NoData, DirectoryInUse while a server runs, DamagedData (and the file stays as it is). */
export async function compactData(dir: string): Promise<{ before: number; after: number }> {
  mustHaveData(dir);
  return putInPlace(dir, async (draft) => {
    const found = await readPages(dir, checkFile);
    if (found.errors.length > 0)
      throw new DamagedData('The data is damaged and stays as it is: salvage it first.', found.errors);
    await copyWithoutFreePages(join(dir, DATA_FILE), join(draft, DATA_FILE));
    const copy = await readPages(draft, checkFile);
    if (copy.errors.length > 0 || JSON.stringify(copy.collections) !== JSON.stringify(found.collections))
      throw new DamagedData('The copy is not what it should be; the data stays as it is.', copy.errors);
    return { before: found.bytes, after: statSync(join(draft, DATA_FILE)).size };
  });
}

// LMDB follows every pointer for it, so the file must have been checked; who calls this holds the directory's lock.
async function copyWithoutFreePages(path: string, to: string): Promise<void> {
  makeWayFor(path);
  const database = open({ path, ...LMDB_OPTIONS, readOnly: true });
  try {
    await database.backup(to, true);
  } finally {
    await database.close();
  }
}
