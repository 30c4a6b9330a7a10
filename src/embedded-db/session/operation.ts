// What one command works with: the state it sees, and how it may change documents, inside a transaction or outside.
import { OURSELVES, type Caller } from '../auth/caller.ts';
import type { Collection } from '../catalog/catalog-types.ts';
import type { Engine } from '../engine.ts';
import { CommandError } from '../errors.ts';
import type { Pause } from '../storage/writer.ts';
import type { View } from '../storage/view.ts';
import { applyChange, checkUnique, type DocumentChange } from '../writes/document-change.ts';
import type { SnapshotRead } from './snapshot-reads.ts';
import type { Transaction } from './transaction.ts';

export interface Operation {
  readonly engine: Engine;
  readonly view: View;
  readonly now: Date;
  readonly db: string;
  readonly transaction: Transaction | undefined;
  /** The older state that a read of a snapshot session sees. */
  readonly snapshot: SnapshotRead | undefined;
  /** Whose command it is. */
  readonly caller: Caller;
  /** The collection, if it exists; a snapshot older than its last change of shape is a transient error (246). */
  collection(name: string, db?: string): Collection | undefined;
  /** The collection, made if need be. */
  collectionForWrite(name: string, db?: string): Collection;
  /** Makes a planned change, or returns false after waiting for a lock: then the document has to be read again. */
  change(collection: Collection, change: DocumentChange): Generator<Pause, boolean, void>;
}

/** The operation of one command on `db`: on the newest state, in a transaction, or on the state of a snapshot session. */
export function operation(
  engine: Engine,
  db: string,
  {
    transaction,
    snapshot,
    caller = OURSELVES,
  }: { transaction?: Transaction; snapshot?: SnapshotRead; caller?: Caller } = {},
): Operation {
  const past = transaction ?? snapshot;
  const view = past?.view ?? engine.store.view;
  const find = (name: string, inDb = db): Collection | undefined => {
    const ns = `${inDb}.${name}`;
    const made = transaction?.made.get(ns);
    if (made) return made;
    const collection = engine.catalog.find(ns);
    if (past && engine.catalog.versionOf(ns) > past.catalogVersion) throw changedUnderneath(ns, transaction);
    if (collection) transaction?.seen.add(ns);
    return collection;
  };
  return {
    engine,
    view,
    now: new Date(),
    db,
    transaction,
    snapshot,
    caller,
    collection: find,
    collectionForWrite(name, inDb = db) {
      const found = find(name, inDb);
      if (found) return found;
      if (!transaction) return engine.catalog.create(inDb, name);
      const made = engine.catalog.prepare(inDb, name);
      transaction.made.set(made.ns, made);
      return made;
    },
    *change(collection, change) {
      if (transaction) {
        checkUnique(view, collection, change);
        engine.locks.take(transaction, change.claims);
      } else {
        if (engine.catalog.find(collection.ns) !== collection) throw dropped(collection.ns);
        const holder = engine.locks.holderOf(change.claims);
        if (holder) {
          yield { waitFor: holder };
          return false;
        }
        checkUnique(view, collection, change);
        engine.locks.wrote(change.claims);
      }
      for (const { index, met } of change.multikey) engine.catalog.noteMultikey(collection, index, met);
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

function dropped(ns: string): CommandError {
  return new CommandError(175, `collection dropped: ${ns}`);
}
