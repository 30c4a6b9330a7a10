// What one command works with: the state it sees, and how it may change documents, inside a transaction or outside.
import { OURSELVES, type Caller } from '../auth/caller.ts';
import type { Collection } from '../catalog/catalog-types.ts';
import type { Engine } from '../engine.ts';
import { CommandError } from '../errors.ts';
import type { Pause } from '../storage/writer.ts';
import { applyChange, checkUnique, type DocumentChange } from '../writes/document-change.ts';
import type { SnapshotRead } from './snapshot-reads.ts';
import type { Transaction } from './sessions.ts';

interface Circumstances {
  readonly transaction?: Transaction;
  /** The older state that a read of a snapshot session sees. */
  readonly snapshot?: SnapshotRead | undefined;
  /** Whose command it is. */
  readonly caller?: Caller;
}

export type Operation = ReturnType<typeof operation>;

/** The operation of one command on `db`: on the newest state, in a transaction, or on the state of a snapshot session. */
export function operation(
  engine: Engine,
  db: string,
  { transaction, snapshot, caller = OURSELVES }: Circumstances = {},
) {
  const past = transaction ?? snapshot;
  const view = past?.view ?? engine.store.view;
  const { catalog, locks } = engine;
  /** The collection, if it exists; a snapshot older than its last change of shape is a transient error (246). */
  const collection = (name: string, inDb = db): Collection | undefined => {
    const ns = `${inDb}.${name}`;
    const made = transaction?.made.get(ns);
    if (made) return made;
    const found = catalog.find(ns);
    if (past && catalog.versionOf(ns) > past.catalogVersion) throw changedUnderneath(ns, transaction);
    if (found) transaction?.seen.add(ns);
    return found;
  };
  return {
    engine,
    view,
    now: new Date(),
    db,
    transaction,
    snapshot,
    caller,
    collection,
    /** The collection, made if need be. */
    collectionForWrite(name: string, inDb = db): Collection {
      const found = collection(name, inDb);
      if (found) return found;
      if (!transaction) return catalog.create(inDb, name);
      const made = catalog.prepare(inDb, name);
      transaction.made.set(made.ns, made);
      return made;
    },
    /** Makes a planned change, or returns false after waiting for a lock: then the document has to be read again. */
    *change(into: Collection, change: DocumentChange): Generator<Pause, boolean, void> {
      if (transaction) {
        checkUnique(view, into, change);
        locks.take(transaction, change.claims);
      } else {
        if (catalog.find(into.ns) !== into) throw new CommandError(175, `collection dropped: ${into.ns}`);
        const holder = locks.holderOf(change.claims);
        if (holder) {
          yield { waitFor: holder };
          return false;
        }
        checkUnique(view, into, change);
        locks.wrote(change.claims);
      }
      for (const { index, met } of change.multikey) catalog.noteMultikey(into, index, met);
      applyChange(view, change);
      return true;
    },
  };
}

/** The error (246) where a collection was made, dropped or got another index meanwhile; of a transaction a transient one. */
export function changedUnderneath(ns: string, transaction: Transaction | undefined): CommandError {
  return new CommandError(
    246,
    `Unable to read from a snapshot: collection ${ns} has changed since it was taken`,
    transaction ? ['TransientTransactionError'] : [],
  );
}
