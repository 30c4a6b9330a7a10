// New data appears in a directory in one step: it is made in a folder of its own there and gets its name once it is whole.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { lockDirectory } from '../lock-file.ts';
import { DATA_FILE, DRAFT_FOLDER } from '../pages/page-file.ts';
import { writingTo } from '../place-refused.ts';
import { ownAsFolder } from '../own-as-folder.ts';
import { flushPath } from '../storage/store.ts';

/** What a backup should be; never without its data. */
export const NOTE_FILE = 'backup.json';

/** A place that must be empty holds something. */
export class PlaceInUse extends Error {
  override readonly name = 'PlaceInUse';
}

/** `putInPlace` in a directory that is made for it, or has nothing in it but what a killed attempt left. PlaceInUse. */
export function fillPlace<T>(to: string, work: (draft: string) => Promise<T>): Promise<T> {
  return writingTo(to, async () => {
    mustBeEmpty(to);
    const made = mkdirSync(to, { recursive: true, mode: 0o700 });
    try {
      return await putInPlace(to, (draft) => {
        mustBeEmpty(to);
        return work(draft);
      });
    } catch (error) {
      if (made !== undefined && readdirSync(to).length === 0) rmdirSync(to);
      throw error;
    }
  });
}

/**
 * Runs `work` on a folder in `dir`, then gives the data it made there its name in `dir`, for the owner's eyes only. Whatever
 * ends it before leaves nothing that is taken for data. DirectoryInUse, PlaceRefused.
 */
export function putInPlace<T>(dir: string, work: (draft: string) => Promise<T>): Promise<T> {
  return writingTo(dir, async () => {
    const lock = await lockDirectory(dir, '');
    const draft = join(dir, DRAFT_FOLDER);
    try {
      emptyDraft(draft);
      const result = await work(draft);
      // LMDB's table of the old file's readers goes with that file.
      rmSync(join(dir, `${DATA_FILE}-lock`), { force: true });
      for (const name of [NOTE_FILE, DATA_FILE]) if (existsSync(join(draft, name))) move(draft, dir, name);
      for (const names of [dir, dirname(resolve(dir))]) flushPath(names);
      return result;
    } finally {
      rmSync(draft, { recursive: true, force: true });
      lock.release();
    }
  });
}

/** Makes the folder `draft`, or makes it anew with nothing in it. */
export function emptyDraft(draft: string): void {
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  ownAsFolder(draft);
}

function move(draft: string, dir: string, name: string): void {
  const path = join(draft, name);
  chmodSync(path, 0o600);
  ownAsFolder(path);
  flushPath(path);
  renameSync(path, join(dir, name));
}

// Locks, an unfinished draft, or a note whose data never followed are what a killed attempt leaves.
function mustBeEmpty(dir: string): void {
  if (!existsSync(dir)) return;
  if (!statSync(dir).isDirectory())
    throw new PlaceInUse(`${dir} is a file: name a folder that does not exist yet.`);
  const ours = (name: string): boolean => [DRAFT_FOLDER, NOTE_FILE].includes(name) || /^lock\b/.test(name);
  if (!readdirSync(dir).every(ours))
    throw new PlaceInUse(`${dir} is not empty: name a place that does not exist yet.`);
}
