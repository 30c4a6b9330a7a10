// A directory's data for whoever works on it beside the server: reading it, copying it.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { DirectoryInUse } from '../lock-file.ts';
import {
  DamagedPage,
  DATA_FILE,
  headPage,
  HEADS,
  openPageFile,
  PAGE_SIZE,
  type PageFile,
} from '../pages/page-file.ts';
import { findKeeper } from './keep-state.ts';
import { mustHaveData } from './must-have-data.ts';

const PAGES_AT_ONCE = 128;
const ATTEMPTS = 3;

/** Data or a backup is not whole; nothing was replaced. */
export class DamagedData extends Error {
  override readonly name = 'DamagedData';
  /** One sentence for each fault. */
  readonly errors: readonly string[];

  constructor(what: string, errors: readonly string[]) {
    super(what);
    this.errors = errors;
  }
}

/** Runs `work` on the file of `dir`, which nobody writes to. */
export async function readPages<T>(dir: string, work: (file: PageFile) => T | Promise<T>): Promise<T> {
  const file = openPageFile(dir);
  try {
    return await work(file);
  } finally {
    file.close();
  }
}

/**
 * Runs `work` on the newest committed state of `dir`, whether or not a server is writing there: once more from the beginning
 * when that was written over meanwhile. Nothing is written there. NoData without a file; DirectoryInUse when it was each time.
 */
export async function readDataFile<T>(dir: string, work: (file: PageFile) => T | Promise<T>): Promise<T> {
  mustHaveData(dir);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const keeper = await findKeeper(dir);
    try {
      // Opened only now: every state from then on is kept.
      const read = await readPages(dir, async (file) => {
        const [outcome] = await Promise.allSettled([Promise.resolve(file).then(work)]);
        return (file.isNewest() || (await keeper?.hasKept())) && outcome;
      });
      if (!read) continue;
      if (read.status === 'rejected') throw read.reason;
      return read.value;
    } finally {
      keeper?.end();
    }
  }
  throw new DirectoryInUse(
    `The data in ${dir} was written to each time before it was read to the end, and whoever serves it did not keep what was there: run the command again, or once nothing is written.`,
  );
}

/** Writes the newest state of `file` to the directory `to`, page by page as they lie, damaged ones too. */
export async function copyState(file: PageFile, to: string): Promise<void> {
  const [head] = file.heads;
  if (!head) throw new DamagedPage('no head page can be read');
  const copy = await open(join(to, DATA_FILE), 'w', 0o600);
  try {
    const put = (bytes: Buffer, page: number) => copy.write(bytes, 0, bytes.length, page * PAGE_SIZE);
    // LMDB may leave free pages at the end unwritten.
    const end = Math.min(head.lastPage + 1, Math.floor(file.bytes / PAGE_SIZE));
    for (let page = HEADS; page < end; page += PAGES_AT_ONCE)
      await put(file.read(page, Math.min(PAGES_AT_ONCE, end - page)), page);
    for (let page = 0; page < HEADS; page++) await put(headPage(head, page), page);
  } finally {
    await copy.close();
  }
}
