// A running multi-document transaction: a snapshot, its own writes above it, and the locks it holds.
import type { Collection } from '../catalog/catalog-types.ts';
import type { Engine } from '../engine.ts';
import { overlayOn } from '../storage/overlay.ts';

export type Transaction = ReturnType<typeof beginTransaction>;

/** Starts a transaction on the newest committed state. */
export function beginTransaction({ store, locks, catalog, cursors }: Engine) {
  const snapshot = store.snapshot();
  let finish = (): void => undefined;
  const transaction = {
    view: overlayOn(snapshot),
    snapshot: locks.current(),
    held: new Set<string>(),
    finished: new Promise<void>((resolve) => (finish = resolve)),
    /** Version of the catalog the snapshot was taken at. */
    catalogVersion: catalog.version(),
    /** Namespaces of the collections it has looked at: at commit they must still be the same. */
    seen: new Set<string>(),
    /** Collections it made by writing to them, by namespace: nobody else sees them before commit. */
    made: new Map<string, Collection>(),
    startedAt: performance.now(),
    /** Lets go of cursors, locks and snapshot; waiting writes go on. */
    end(): void {
      cursors.closeOwned(transaction);
      locks.end(transaction);
      snapshot.release();
      finish();
    },
  };
  locks.begin(transaction);
  return transaction;
}
