// Everything one running server shares between its connections.
import { setTimeout as sleep } from 'node:timers/promises';
import type { BuildProgress } from './indexes/build-index.ts';
import { openCatalog, type Catalog } from './catalog/catalog.ts';
import { tableRange } from './keys/table-key.ts';
import { MEMORY_LIMIT } from './query/memory.ts';
import { damaged } from './pages/survey.ts';
import { cursorTable, type CursorTable } from './session/cursors.ts';
import { sessionTable, type SessionTable } from './session/sessions.ts';
import { snapshotTable, type SnapshotTable } from './session/snapshot-reads.ts';
import type { Transaction } from './session/transaction.ts';
import { lockTable, type LockTable } from './storage/locks.ts';
import { openStore, type Store } from './storage/store.ts';
import { startWriter, type WriteWork, type Writer } from './storage/writer.ts';
import { gateMemory, writeGate } from './storage/write-gate.ts';

export interface Engine {
  /** Where clients reach the server, as `hello` tells them. */
  readonly address: string;
  readonly store: Store;
  readonly catalog: Catalog;
  readonly locks: LockTable;
  readonly writer: Writer;
  readonly cursors: CursorTable;
  readonly sessions: SessionTable;
  readonly snapshots: SnapshotTable;
  /** Bytes that one sort or group may hold. */
  readonly memoryLimit: number;
  /** Tells whoever started the server how far an index build is. */
  report(progress: BuildProgress): void;
  /** Gives up a transaction: its cursors, locks and snapshot. */
  endTransaction(transaction: Transaction): void;
  /** Starts to remove, in the background, what dropped collections and indexes left behind. */
  reclaim(): void;
  close(): Promise<void>;
}

const RECLAIM_CHUNK = 500;
const REOPEN_MS = 1_000;

export interface EngineOptions {
  readonly dir: string;
  readonly address: string;
  /** False: commits reach the disk at close only. */
  readonly durable: boolean;
  readonly gate?: SharedArrayBuffer;
  readonly memoryLimit?: number | undefined;
  readonly report?: (progress: BuildProgress) => void;
}

/** Opens the data in `dir`. DamagedFile when it cannot be served. */
export function openEngine({
  dir,
  address,
  durable,
  gate = gateMemory(),
  memoryLimit = MEMORY_LIMIT,
  report = () => undefined,
}: EngineOptions): Engine {
  const store = openStore(dir, durable);
  const catalog = catalogOf(store, dir);
  const locks = lockTable();
  const cursors = cursorTable();
  const writer = startWriter(
    store,
    writeGate(gate),
    () => catalog.flush(store.view),
    () => putRight(),
  );
  // Once LMDB could not write the head of its file it trusts its memory no more (MDB_PANIC): then it is opened anew.
  const putRight = (): Promise<void> | undefined => {
    try {
      catalog.reload(store.view);
      return undefined;
    } catch {
      sessions.endAll();
      snapshots.endAll();
      return reopen();
    }
  };
  const reopen = async (): Promise<void> => {
    for (;;) {
      try {
        await store.reopen();
        return catalog.reload(store.view);
      } catch {
        await sleep(REOPEN_MS);
      }
    }
  };
  const endTransaction = (transaction: Transaction): void => {
    cursors.closeOwned(transaction);
    transaction.end();
  };
  const sessions = sessionTable(endTransaction);
  const snapshots = snapshotTable(store, cursors.closeOwned);
  const reclaiming = new Set<number>();
  const reclaim = (): void => {
    for (const table of catalog.garbage()) {
      if (reclaiming.has(table)) continue;
      reclaiming.add(table);
      // After a failed commit the table is still listed: the next start or drop takes it up again.
      writer
        .submit(removeTable(store, catalog, table))
        .catch(() => undefined)
        .finally(() => reclaiming.delete(table));
    }
  };
  reclaim();
  return {
    address,
    store,
    catalog,
    locks,
    writer,
    cursors,
    sessions,
    snapshots,
    memoryLimit,
    report,
    endTransaction,
    reclaim,
    close: async () => {
      sessions.endAll();
      snapshots.endAll();
      await writer.idle();
      await store.close();
    },
  };
}

function catalogOf(store: Store, dir: string): Catalog {
  try {
    return openCatalog(store.view);
  } catch (error) {
    void store.close();
    throw damaged(dir, `its list of collections cannot be read (${String(error)})`);
  }
}

function* removeTable(store: Store, catalog: Catalog, table: number): WriteWork<void> {
  for (;;) {
    const chunk = store.view.range({ ...tableRange(table), limit: RECLAIM_CHUNK });
    for (const { key } of chunk) store.view.remove(key);
    if (chunk.length < RECLAIM_CHUNK) return catalog.forgetGarbage(table);
    yield undefined;
  }
}
