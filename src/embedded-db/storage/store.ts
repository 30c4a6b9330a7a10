// The LMDB file: one ordered key space, one write transaction at a time, read snapshots.
import { open, type RootDatabase, type Transaction as ReadTransaction, type TransactionFlags } from 'lmdb';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DATA_FILE, PAGE_SIZE } from '../pages/page-file.ts';
import { mustBeOpenable } from '../pages/survey.ts';
import { ownAsFolder } from '../own-as-folder.ts';
import { keepPrivate, LMDB_OPTIONS, makeWayFor } from './lmdb-files.ts';
import { openRoom, type TreeStats } from './room.ts';
import type { View } from './view.ts';

type Database = RootDatabase<Buffer, Buffer>;

/** A data file in the making. */
const NEW_FILE = 'new.mdb';
// LMDB's flags: abortable | committed before return, and the same without waiting for the disk.
const FLUSHED = 3 as TransactionFlags;
const UNFLUSHED = 0x10003 as TransactionFlags;

export interface Snapshot extends View {
  release(): void;
}

export type Store = ReturnType<typeof openStore>;

/** Opens (or creates) the data file in `dir`; with durable = false commits reach the disk at close only. DamagedFile. */
export function openStore(dir: string, durable: boolean) {
  const path = join(dir, DATA_FILE);
  if (!existsSync(path)) createFile(dir);
  mustBeOpenable(dir);
  makeWayFor(path);
  keepPrivate(path);
  const opened = (): Database => open<Buffer, Buffer>({ path, pageSize: PAGE_SIZE, ...LMDB_OPTIONS });
  let database = opened();
  let isOpen = true;
  let failed = false;
  const room = openRoom(path);
  return {
    /** Committed state; inside `write` the state of the running write transaction. */
    view: viewOf(() => database, false, {
      put(key, value) {
        room.note(value.length);
        database.putSync(key, value);
      },
      remove(key) {
        room.note(0);
        database.removeSync(key);
      },
    }),
    /** Runs `work` in one LMDB transaction and returns when it is on disk; an exception leaves nothing behind. */
    write(work: () => void): void {
      room.clear();
      database.transactionSync(
        () => {
          work();
          room.take(database.getStats() as TreeStats, failed);
          failed = true;
        },
        durable ? FLUSHED : UNFLUSHED,
      );
      failed = false;
    },
    /** Throws where LMDB writes no more until it is opened anew; a read may be answered from a snapshot that is still open. */
    mustTakeWrites: (): void => database.transactionSync(() => undefined, UNFLUSHED),
    /** A stable view of the committed state; release it soon, since it keeps old pages from being reused. */
    snapshot(): Snapshot {
      database.resetReadTxn();
      const transaction = database.useReadTransaction();
      const source = database;
      const view = viewOf(() => source, true, { put: readOnly, remove: readOnly }, { transaction });
      return { ...view, release: () => transaction.done() };
    },
    /** Opens the file anew, after LMDB gave up its own memory of it; no snapshot may be open. */
    async reopen(): Promise<void> {
      // An attempt that failed has closed it already, and closing twice never ends.
      if (isOpen) {
        isOpen = false;
        await database.close();
      }
      database = opened();
      isOpen = true;
    },
    async close(): Promise<void> {
      if (!isOpen) return;
      // A last flushed commit carries every unflushed page of the file to the disk with it.
      if (!durable) database.transactionSync(() => database.putSync(CLOSED, Buffer.of(1)), FLUSHED);
      const stats = database.getStats() as TreeStats;
      await database.close();
      room.close(stats);
    },
  };
}

// Made under another name, so that a data file is whole from its first moment and an empty one is always a damaged one.
function createFile(dir: string): void {
  const draft = join(dir, NEW_FILE);
  rmSync(draft, { force: true });
  makeWayFor(draft);
  // With nothing to wait for it is closed at once.
  void open({ path: draft, pageSize: PAGE_SIZE, ...LMDB_OPTIONS }).close();
  ownAsFolder(draft);
  flushPath(draft);
  rmSync(`${draft}-lock`, { force: true });
  renameSync(draft, join(dir, DATA_FILE));
  // Until the directory is flushed a new file may vanish in a power cut, with all that was flushed into it.
  flushPath(dir);
}

/** Waits until a file, or the names in a directory, are on disk. */
export function flushPath(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const CLOSED = Buffer.from('\0\0\0\0\0closed', 'latin1');

const readOnly = (): never => {
  throw new Error('a snapshot cannot be written');
};

function viewOf(
  database: () => Database,
  isStable: boolean,
  writing: Pick<View, 'put' | 'remove'>,
  options: { transaction?: ReadTransaction } = {},
): View {
  return {
    isStable,
    ...writing,
    get: (key) => database().get(key, options),
    range({ start, end, reverse = false, limit }) {
      if (Buffer.compare(start, end) >= 0) return [];
      if (!reverse) return [...database().getRange({ start, end, limit, ...options })];
      const backwards = { start: end, end: start, exclusiveStart: true, inclusiveEnd: true, reverse };
      return [...database().getRange({ ...backwards, limit, ...options })];
    },
    count: (start, end) => database().getKeysCount({ start, end, ...options }),
  };
}
