// Reads of a snapshot session: many commands, no transaction, one state of the data, named by its time for a minute.
import { CommandError } from '../errors.ts';
import { Timestamp, type Value } from '../query/bson.ts';
import type { Snapshot, Store } from '../storage/store.ts';
import { operationTime } from '../wire/reply.ts';

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

export interface SnapshotTable {
  /** The state at a time that an earlier read gave, or a new one. SnapshotTooOld (239). */
  at(time: Value | undefined, catalogVersion: number): SnapshotRead;
  /** Lets go of those over a minute old. */
  sweep(now: number): void;
  endAll(): void;
}

/** An empty table; `onEnd` is told of each snapshot before it goes. */
export function snapshotTable(store: Store, onEnd: (snapshot: SnapshotRead) => void): SnapshotTable {
  const kept = new Map<string, SnapshotRead>();
  const end = (key: string, snapshot: SnapshotRead): void => {
    kept.delete(key);
    onEnd(snapshot);
    snapshot.view.release();
  };
  return {
    at(time, catalogVersion) {
      if (time !== undefined) {
        const known = time instanceof Timestamp ? kept.get(time.toString()) : undefined;
        if (known) return known;
        throw new CommandError(
          239,
          'Snapshot too old: the embedded database keeps the state that a snapshot read saw for 60 seconds, and no other',
        );
      }
      for (const [key, oldest] of kept) if (kept.size >= MOST) end(key, oldest);
      const taken: SnapshotRead = {
        view: store.snapshot(),
        time: operationTime(),
        catalogVersion,
        takenAt: performance.now(),
      };
      kept.set(taken.time.toString(), taken);
      return taken;
    },
    sweep(now) {
      for (const [key, snapshot] of kept) if (now - snapshot.takenAt > KEPT_MS) end(key, snapshot);
    },
    endAll() {
      for (const [key, snapshot] of kept) end(key, snapshot);
    },
  };
}
