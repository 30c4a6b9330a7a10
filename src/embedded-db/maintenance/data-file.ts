// Opens a directory's data for reading beside whoever serves it.
import { open } from 'lmdb';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LMDB_OPTIONS } from '../storage/store.ts';
import { DamagedFile, mustBeOpenable } from '../pages/openable.ts';
import { DATA_FILE, openPageFile, type PageFile } from '../pages/page-file.ts';

/** There is no data in the directory that was named. */
export class NoData extends Error {
  override readonly name = 'NoData';
}

/** Refuses a directory without a data file with NoData. */
export function mustHaveData(dir: string): void {
  if (!existsSync(join(dir, DATA_FILE))) throw new NoData(`There is no data in ${dir}.`);
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
    const file = openPageFile(dir);
    try {
      return await work(file);
    } finally {
      file.close();
    }
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

/** LMDB's own view of the file, which can read and copy but not write. */
export function openForReading(dir: string): ReturnType<typeof open> {
  return open({ path: join(dir, DATA_FILE), ...LMDB_OPTIONS, readOnly: true });
}
