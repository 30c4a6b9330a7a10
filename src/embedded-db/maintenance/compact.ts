// Rewrites the data file without its free pages, while no server runs, and puts it in place in one step.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DATA_FILE } from '../pages/page-file.ts';
import { checkFile } from './check.ts';
import { copyData, DamagedData, mustHaveData, readPages } from './data-file.ts';
import { putInPlace } from './put-in-place.ts';

/** Bytes before and after. NoData, DirectoryInUse while a server runs, DamagedData (and the file stays as it is). */
export async function compactData(dir: string): Promise<{ before: number; after: number }> {
  mustHaveData(dir);
  return putInPlace(dir, async (draft) => {
    const found = await readPages(dir, checkFile);
    if (found.errors.length > 0)
      throw new DamagedData('The data is damaged and stays as it is: salvage it first.', found.errors);
    await copyData(dir, draft, true);
    const copy = await readPages(draft, checkFile);
    if (copy.errors.length > 0 || JSON.stringify(copy.collections) !== JSON.stringify(found.collections))
      throw new DamagedData('The copy is not what it should be; the data stays as it is.', copy.errors);
    return { before: found.bytes, after: statSync(join(draft, DATA_FILE)).size };
  });
}
