// Reads of a snapshot session: many commands, no transaction, one state of the data, named by its time for a minute.
import type { Catalog } from '../catalog/catalog.ts';
import { CommandError } from '../errors.ts';
import { Timestamp, type Value } from '../query/bson.ts';
import type { Snapshot, Store } from '../storage/store.ts';
import { operationTime } from '../wire/reply.ts';
import type { CursorTable } from './cursors.ts';

// As long as a transaction may last: an open snapshot keeps old pages from being used again.
const KEPT_MS = 60_000;
const MOST = 100;

export interface SnapshotRead {
  readonly view: Snapshot;
  readonly time: Timestamp;
  /** Version of the catalog it was taken at. */
  readonly catalogVersion: number;
  readonly takenAt: number;
}

export type SnapshotTable = ReturnType<typeof snapshotTable>;

/** An empty table; the cursors that read a snapshot end with it. */
export function snapshotTable(store: Store, catalog: Catalog, cursors: CursorTable) {
  const kept = new Map<string, SnapshotRead>();
  const end = (snapshot: SnapshotRead): void => {
    kept.delete(snapshot.time.toString());
    cursors.closeOwned(snapshot);
    snapshot.view.release();
  };
  return {
    /** The state at a time that an earlier read gave, or a new one. SnapshotTooOld (239). */
    at(time: Value | undefined): SnapshotRead {
      if (time !== undefined) {
        const known = time instanceof Timestamp ? kept.get(time.toString()) : undefined;
        if (known) return known;
        throw new CommandError(239, 'Snapshot too old: what a read saw is kept for 60 seconds, and no more');
      }
      for (const oldest of kept.values()) if (kept.size >= MOST) end(oldest);
      const taken: SnapshotRead = {
        view: store.snapshot(),
        time: operationTime(),
        catalogVersion: catalog.version(),
        takenAt: performance.now(),
      };
      kept.set(taken.time.toString(), taken);
      return taken;
    },
    /** Lets go of those over a minute old at `now`. */
    sweep(now: number): void {
      for (const snapshot of kept.values()) if (now - snapshot.takenAt > KEPT_MS) end(snapshot);
    },
  };
}
