// A directory's data for whoever works on it beside the server: what it must be, reading it, copying it.
import { open } from 'lmdb';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LMDB_OPTIONS, makeWayFor } from '../storage/lmdb-files.ts';
import { DamagedFile, mustBeOpenable } from '../pages/survey.ts';
import { DATA_FILE, openPageFile, type PageFile } from '../pages/page-file.ts';

/** There is no data in the directory that was named. */
export class NoData extends Error {
  override readonly name = 'NoData';
}

/** A place that must be empty holds something. */
export class PlaceInUse extends Error {
  override readonly name = 'PlaceInUse';
}

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

/** Refuses a directory without a data file with NoData. */
export function mustHaveData(dir: string): void {
  if (!existsSync(join(dir, DATA_FILE))) throw new NoData(`There is no data in ${dir}.`);
}

/** Refuses with PlaceInUse unless `dir` does not exist or has nothing in it. */
export function mustBeEmpty(dir: string): void {
  if (existsSync(dir) && readdirSync(dir).length > 0)
    throw new PlaceInUse(`${dir} is not empty: name a place that does not exist yet.`);
}

/** Runs `work` on a file of `dir` that nobody writes to. */
export async function readPages<T>(
  dir: string,
  name: string,
  work: (file: PageFile) => T | Promise<T>,
): Promise<T> {
  const file = openPageFile(dir, name);
  try {
    return await work(file);
  } finally {
    file.close();
  }
}

/**
 * Runs `work` on the newest committed state of `dir`, whether or not a server is writing there. NoData without a file.
 * An LMDB reader stands guard meanwhile, so that no page of that state is written over.
 */
export async function readDataFile<T>(dir: string, work: (file: PageFile) => T | Promise<T>): Promise<T> {
  mustHaveData(dir);
  const letGo = guard(dir);
  try {
    // Opened after the guard stands: every state from then on is safe.
    return await readPages(dir, DATA_FILE, work);
  } finally {
    await letGo();
  }
}

function guard(dir: string): () => Promise<void> {
  try {
    mustBeOpenable(dir);
    const database = openForReading(dir);
    const reader = database.useReadTransaction();
    return async () => {
      reader.done();
      await database.close();
    };
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    // No server can be using such a file.
    return async () => undefined;
  }
}

/** Copies the newest committed state of `dir` to the file `to`: page by page as they lie, or without free pages. */
export async function copyData(dir: string, to: string, compacted: boolean): Promise<void> {
  const database = openForReading(dir);
  try {
    await database.backup(to, compacted);
  } finally {
    await database.close();
  }
}

// LMDB's own view of the file, which can read and copy but not write.
function openForReading(dir: string): ReturnType<typeof open> {
  const path = join(dir, DATA_FILE);
  try {
    makeWayFor(path);
  } catch (error) {
    // LMDB reads from a file system that cannot be written without a table of readers.
    if ((error as NodeJS.ErrnoException).code !== 'EROFS') throw error;
  }
  return open({ path, ...LMDB_OPTIONS, readOnly: true });
}
