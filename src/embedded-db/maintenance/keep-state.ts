// Keeps the newest state of a directory's file from being written over while somebody reads it without LMDB. A server that runs
// is asked to; else a reader of LMDB's own stands guard, which a server that starts meanwhile sees.
import { open } from 'lmdb';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DirectoryInUse, holderSockets, lockDirectory } from '../lock-file.ts';
import { DATA_FILE } from '../pages/page-file.ts';
import { DamagedFile, mustBeOpenable } from '../pages/survey.ts';
import { refusedAt } from '../place-refused.ts';
import { callIn } from '../presence.ts';
import { LMDB_OPTIONS, makeWayFor } from '../storage/lmdb-files.ts';
import { unreadable } from './must-have-data.ts';

/** How long a server that is starting or stopping is waited for, and how long its answer. */
const PATIENCE_MS = 3_000;
const PAUSE_MS = 50;
const ANSWER_MS = 30_000;

export interface KeptState {
  /** False when the state was not kept all the time: what was read since may be of several states. */
  letGo(): Promise<boolean>;
}

/** Keeps the state that `dir` has now. DirectoryInUse when a process works on it that cannot keep one; PlaceRefused. */
export async function keepState(dir: string): Promise<KeptState> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const kept = await keptByHolder(dir);
    if (kept) return kept;
    try {
      return await standGuard(dir);
    } catch (error) {
      if (!(error instanceof DirectoryInUse) || performance.now() > until) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

async function keptByHolder(dir: string): Promise<KeptState | undefined> {
  for (const name of holderSockets(dir)) {
    const holder = await callIn(dir, name);
    if (typeof holder === 'string') continue;
    holder.on('error', () => undefined);
    if (await isKept(holder))
      return {
        async letGo() {
          const stillKept = await isKept(holder);
          holder.destroy();
          return stillKept;
        },
      };
    holder.destroy();
  }
  return undefined;
}

async function isKept(holder: Socket): Promise<boolean> {
  if (holder.destroyed || !holder.writable) return false;
  const signal = AbortSignal.timeout(ANSWER_MS);
  const answer = once(holder, 'data', { signal }).then(
    () => true,
    () => false,
  );
  const end = once(holder, 'close', { signal }).then(
    () => false,
    () => false,
  );
  holder.write('.');
  return Promise.race([answer, end]);
}

// LMDB opens the file only while nobody else can: see lock-file.ts.
async function standGuard(dir: string): Promise<KeptState> {
  try {
    const lock = await lockDirectory(dir, '', { brief: true });
    try {
      return openGuard(dir);
    } finally {
      lock.release();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // No server can be using such a file, or one on a file system that cannot be written.
    if (error instanceof DamagedFile || code === 'EROFS') return { letGo: async () => true };
    throw code === 'EACCES' ? unreadable(dir) : refusedAt(dir, error);
  }
}

function openGuard(dir: string): KeptState {
  const path = join(dir, DATA_FILE);
  mustBeOpenable(dir);
  makeWayFor(path);
  const database = open({ path, ...LMDB_OPTIONS, readOnly: true });
  const reader = database.useReadTransaction();
  return {
    async letGo() {
      reader.done();
      await database.close();
      return true;
    },
  };
}
