// The LMDB file: one ordered key space, one write transaction at a time, read snapshots.
import { open, type RootDatabase, type Transaction as ReadTransaction, type TransactionFlags } from 'lmdb';
import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DATA_FILE } from '../pages/page-file.ts';
import { mustBeOpenable } from '../pages/openable.ts';
import { openRoom, type Room, type TreeStats } from './room.ts';
import type { Entry, RangeRequest, View } from './view.ts';

type Database = RootDatabase<Buffer, Buffer>;

/** How every process has to open the file. */
export const LMDB_OPTIONS = {
  encoding: 'binary',
  keyEncoding: 'binary',
  mapSize: 64 * 2 ** 30,
  maxReaders: 1000,
  overlappingSync: false,
} as const;
// LMDB's flags: abortable | committed before return, and the same without waiting for the disk.
const FLUSHED = 3 as TransactionFlags;
const UNFLUSHED = 0x10003 as TransactionFlags;

export interface Snapshot extends View {
  release(): void;
}

export interface Store {
  /** Committed state; inside `write` the state of the running write transaction. */
  readonly view: View;
  /** Runs `work` in one LMDB transaction and returns when it is on disk; an exception leaves nothing behind. */
  write(work: () => void): void;
  /** A stable view of the committed state; release it soon, since it keeps old pages from being reused. */
  snapshot(): Snapshot;
  /** Opens the file anew, after LMDB gave up its own memory of it; no snapshot may be open. */
  reopen(): Promise<void>;
  /** Takes back what processes held that died while they read the file. */
  forgetDeadReaders(): void;
  close(): Promise<void>;
}

/** Opens (or creates) the data file in `dir`; with durable = false commits reach the disk at close only. DamagedFile. */
export function openStore(dir: string, durable: boolean): Store {
  mustBeOpenable(dir);
  const isNew = !existsSync(join(dir, DATA_FILE));
  const opened = (): Database =>
    open<Buffer, Buffer>({ path: join(dir, DATA_FILE), pageSize: 8192, ...LMDB_OPTIONS });
  let database = opened();
  let isOpen = true;
  let failed = false;
  if (isNew) flushDirectory(dir);
  const flags = durable ? FLUSHED : UNFLUSHED;
  const room = openRoom(join(dir, DATA_FILE));
  return {
    view: viewOf(() => database, room),
    write(work) {
      room.clear();
      database.transactionSync(() => {
        work();
        // Each commit whose writes fail spoils some of LMDB's memory: it tries again only where writing works.
        if (failed) room.probe();
        room.take(database.getStats() as TreeStats);
        failed = true;
      }, flags);
      failed = false;
    },
    snapshot: () => snapshotOf(database),
    async reopen() {
      // An attempt that failed has closed it already, and closing twice never ends.
      if (isOpen) {
        isOpen = false;
        await database.close();
      }
      database = opened();
      isOpen = true;
    },
    forgetDeadReaders: () => void database.readerCheck(),
    close: async () => {
      // A last flushed commit carries every unflushed page of the file to the disk with it.
      if (!durable) database.transactionSync(() => database.putSync(CLOSED, Buffer.of(1)), FLUSHED);
      const stats = database.getStats() as TreeStats;
      await database.close();
      room.close(stats);
    },
  };
}

// Until the directory is flushed a new file may vanish in a power cut, with all that was flushed into it.
function flushDirectory(dir: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(dir, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const CLOSED = Buffer.from('\0\0\0\0\0closed', 'latin1');

function viewOf(database: () => Database, room: Room | null, transaction?: ReadTransaction): View {
  const options = transaction ? { transaction } : {};
  return {
    get: (key) => database().get(key, options),
    range: (request) => readRange(database(), request, options),
    count: (start, end) => database().getKeysCount({ start, end, ...options }),
    put(key, value) {
      room?.note(value.length);
      database().putSync(key, value);
    },
    remove(key) {
      room?.note(0);
      database().removeSync(key);
    },
  };
}

function snapshotOf(database: Database): Snapshot {
  database.resetReadTxn();
  const transaction = database.useReadTransaction();
  const readOnly = (): never => {
    throw new Error('a snapshot cannot be written');
  };
  return {
    ...viewOf(() => database, null, transaction),
    put: readOnly,
    remove: readOnly,
    release: () => transaction.done(),
  };
}

function readRange(
  database: Database,
  request: RangeRequest,
  options: { transaction?: ReadTransaction },
): Entry[] {
  const { start, end, reverse = false, limit } = request;
  if (Buffer.compare(start, end) >= 0) return [];
  if (!reverse) return [...database.getRange({ start, end, limit, ...options })];
  // Going down LMDB includes the upper key; ours is exclusive, so read one more and drop it.
  const found = [
    ...database.getRange({
      start: end,
      end: start,
      inclusiveEnd: true,
      reverse: true,
      limit: limit + 1,
      ...options,
    }),
  ];
  if (found[0] && found[0].key.equals(end)) found.shift();
  return found.length > limit ? found.slice(0, limit) : found;
}
