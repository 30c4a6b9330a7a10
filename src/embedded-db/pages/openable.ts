// Looks at the file before LMDB maps it, since LMDB ends the process over a head page it cannot read or pages that are missing.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DATA_FILE, openPageFile, PAGE_SIZE } from './page-file.ts';
import { surveyFile } from './survey.ts';

/** The data file cannot be served. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}

/** Refuses with DamagedFile a file that LMDB could not open safely; one that does not exist yet is fine. */
export function mustBeOpenable(dir: string): void {
  const path = join(dir, DATA_FILE);
  if (!existsSync(path) || statSync(path).size === 0) return;
  const file = openPageFile(dir);
  try {
    const [head, older] = file.heads;
    if (!head || !older) throw damaged(dir, `${head ? 1 : 2} of its 2 head pages cannot be read`);
    // Only a file that is shorter than its state says is worth the walk: LMDB may leave free pages at its end unwritten.
    const short = (head.lastPage + 1) * PAGE_SIZE > file.bytes;
    if (short && surveyFile(file).damages.length > 0) throw damaged(dir, 'its end is missing');
  } finally {
    file.close();
  }
}

/** The refusal of a directory whose data cannot be served, with the ways on. */
export function damaged(dir: string, what: string): DamagedFile {
  return new DamagedFile(
    `The data file in ${dir} is damaged: ${what}. See what can be read with npm run db:check, and write it to a new directory with npm run db:salvage; or restore a backup.`,
  );
}
