// Everything one running server shares between its connections.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openCatalog, type Catalog } from './catalog/catalog.ts';
import type { BuildProgress } from './indexes/build-index.ts';
import { keptStates, type KeptStates } from './kept-states.ts';
import { tableRange } from './keys/table-key.ts';
import { DATA_FILE, DRAFT_FOLDER } from './pages/page-file.ts';
import { damaged, DamagedFile } from './pages/survey.ts';
import { Memory } from './query/memory.ts';
import { cursorTable } from './session/cursors.ts';
import { sessionTable } from './session/sessions.ts';
import { snapshotTable, type SnapshotTable } from './session/snapshot-reads.ts';
import { lockTable } from './storage/locks.ts';
import { openStore, type Store } from './storage/store.ts';
import { gateMemory, writeGate } from './storage/write-gate.ts';
import { startWriter, type WriteWork, type Writer } from './storage/writer.ts';

const RECLAIM_CHUNK = 500;
const REOPEN_MS = 1_000;

export interface EngineOptions {
  readonly dir: string;
  /** Where clients reach the server, as `hello` tells them. */
  readonly address: string;
  /** False: commits reach the disk when the server stops, not one by one. For data that can be made again. */
  readonly durable: boolean;
  /** Shared with the thread that started this one. */
  readonly gate?: SharedArrayBuffer;
  /** Bytes that one sort or group may hold before it is refused (292): MongoDB's 100 MB, less for tests of that. */
  readonly memoryLimit?: number | undefined;
  /** Tells whoever started the server how far an index build is. */
  readonly report?: (progress: BuildProgress) => void;
}

export class Engine {
  readonly address: string;
  readonly memory: Memory;
  readonly report: (progress: BuildProgress) => void;
  readonly store: Store;
  readonly catalog: Catalog;
  readonly writer: Writer;
  readonly locks = lockTable();
  readonly cursors = cursorTable();
  readonly sessions = sessionTable();
  readonly snapshots: SnapshotTable;
  readonly kept: KeptStates;
  readonly #reclaiming = new Set<number>();
  #isClosing = false;

  /** Opens the data in `dir`. DamagedFile when it cannot be served. */
  constructor({ dir, address, durable, gate, memoryLimit, report }: EngineOptions) {
    this.address = address;
    this.memory = new Memory(memoryLimit);
    this.report = report ?? (() => undefined);
    removeDraft(dir);
    this.store = openStore(dir, durable);
    try {
      this.catalog = openCatalog(this.store.view);
    } catch (error) {
      void this.store.close();
      throw damaged(dir, `its list of collections cannot be read (${String(error)})`);
    }
    this.writer = startWriter(
      this.store,
      writeGate(gate ?? gateMemory()),
      () => this.catalog.flush(this.store.view),
      () => this.#putRight(),
    );
    this.snapshots = snapshotTable(this.store, this.catalog, this.cursors);
    this.kept = keptStates(this.store);
    this.reclaim();
  }

  /** Starts to remove, in the background, what dropped collections and indexes left behind. */
  reclaim(): void {
    for (const table of this.catalog.garbage()) {
      if (this.#reclaiming.has(table)) continue;
      this.#reclaiming.add(table);
      // After a failed commit the table is still listed: the next start or drop takes it up again.
      this.writer
        .submit(removeTable(this, table))
        .catch(() => undefined)
        .finally(() => this.#reclaiming.delete(table));
    }
  }

  /** Ends every transaction, snapshot and kept state, with what they hold. */
  endAll(): void {
    this.sessions.abortAll();
    this.snapshots.sweep(Infinity);
    this.kept.endAll();
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.endAll();
    await this.writer.idle();
    await this.store.close();
  }

  // Once LMDB could not write the head of its file it trusts its memory no more (MDB_PANIC): then it is opened anew.
  #putRight(): Promise<void> | undefined {
    try {
      this.store.mustTakeWrites();
      this.catalog.reload(this.store.view);
      return undefined;
    } catch {
      this.endAll();
      return this.#reopen();
    }
  }

  async #reopen(): Promise<void> {
    for (let pause = 0; !this.#isClosing; pause = REOPEN_MS) {
      // In the first moment transactions end whose commit was refused: their snapshots must not outlive what they read.
      await sleep(pause);
      try {
        await this.store.reopen();
        return this.catalog.reload(this.store.view);
      } catch {
        continue;
      }
    }
  }
}

// What a compaction that was killed has left; what this account may not remove is in nobody's way. A restore that was killed
// must not be served as a new installation.
function removeDraft(dir: string): void {
  const draft = join(dir, DRAFT_FOLDER);
  if (existsSync(draft) && !existsSync(join(dir, DATA_FILE)))
    throw new DamagedFile(
      `What was to be restored into ${dir} never came to its end: run that command again; or remove ${draft} to begin with nothing.`,
    );
  try {
    rmSync(draft, { recursive: true, force: true });
  } catch {
    return;
  }
}

function* removeTable({ store, catalog }: Engine, table: number): WriteWork<void> {
  // After a commit that failed the table may be in use again.
  while (catalog.garbage().includes(table)) {
    const chunk = store.view.range({ ...tableRange(table), limit: RECLAIM_CHUNK });
    for (const { key } of chunk) store.view.remove(key);
    if (chunk.length < RECLAIM_CHUNK) return catalog.forgetGarbage(table);
    yield undefined;
  }
}
