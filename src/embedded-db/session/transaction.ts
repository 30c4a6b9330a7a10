// A running multi-document transaction: a snapshot, its own writes above it, and the locks it holds.
import type { Collection } from '../catalog/catalog-types.ts';
import type { Engine } from '../engine.ts';
import { overlayOn, type Overlay } from '../storage/overlay.ts';
import type { LockOwner } from '../storage/locks.ts';

export interface Transaction extends LockOwner {
  readonly view: Overlay;
  /** Version of the catalog the snapshot was taken at. */
  readonly catalogVersion: number;
  /** Namespaces of the collections it has looked at: at commit they must still be the same. */
  readonly seen: Set<string>;
  /** Collections it made by writing to them, by namespace: nobody else sees them before commit. */
  readonly made: Map<string, Collection>;
  readonly startedAt: number;
  /** Lets go of cursors, locks and snapshot; waiting writes go on. */
  end(): void;
}

/** Starts a transaction on the newest committed state. */
export function beginTransaction({ store, locks, catalog, cursors }: Engine): Transaction {
  const snapshot = store.snapshot();
  let finish = (): void => undefined;
  const transaction: Transaction = {
    view: overlayOn(snapshot),
    snapshot: locks.current(),
    held: new Set(),
    finished: new Promise<void>((resolve) => (finish = resolve)),
    catalogVersion: catalog.version(),
    seen: new Set(),
    made: new Map(),
    startedAt: performance.now(),
    end: () => {
      cursors.closeOwned(transaction);
      locks.end(transaction);
      snapshot.release();
      finish();
    },
  };
  locks.begin(transaction);
  return transaction;
}
