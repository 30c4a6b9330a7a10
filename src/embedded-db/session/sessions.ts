// Logical sessions: the transaction a session is in (a snapshot, its own writes above it, and the locks it holds), and the last
// retryable write with its reply.
import type { Collection } from '../catalog/catalog-types.ts';
import type { Engine } from '../engine.ts';
import { CommandError } from '../errors.ts';
import { Binary, isDoc, type Value } from '../query/bson.ts';
import { overlayOn } from '../storage/overlay.ts';

const IDLE_MS = 30 * 60_000;
const TRANSACTION_MS = 60_000;

export class Session {
  readonly id: string;
  usedAt = performance.now();
  /** Highest transaction number seen, of transactions and retryable writes alike. */
  txnNumber = -1n;
  transaction: Transaction | undefined;
  /** How the transaction `txnNumber` ended. */
  outcome: 'none' | 'committed' | 'aborted' = 'none';
  /** The commit under way or done, for a client that asks again. */
  commit: Promise<void> | undefined;
  /** The reply of the retryable write `txnNumber`, for a client that sends it again. */
  retry: Promise<Uint8Array> | undefined;

  constructor(id: string) {
    this.id = id;
  }

  /** Moves on to `txnNumber`. TransactionTooOld (225) for a number that is behind. */
  advance(txnNumber: bigint): void {
    if (txnNumber < this.txnNumber)
      throw new CommandError(225, `Transaction ${txnNumber} is older than ${this.txnNumber}, the newest one`);
    if (txnNumber === this.txnNumber) return;
    this.abort();
    // One that is being committed ends by itself.
    this.transaction = undefined;
    this.txnNumber = txnNumber;
    this.outcome = 'none';
    this.commit = undefined;
    this.retry = undefined;
  }

  /** The running transaction of this number. NoSuchTransaction (251): the driver runs the whole again; 256 where it is committed. */
  running(txnNumber: bigint): Transaction {
    const isLast = txnNumber === this.txnNumber;
    if (isLast && this.transaction) return this.transaction;
    if (isLast && this.outcome === 'committed')
      throw new CommandError(256, `Transaction ${txnNumber} has been committed.`);
    const reason =
      isLast && this.outcome === 'aborted'
        ? `Transaction ${txnNumber} has been aborted.`
        : `Given transaction number ${txnNumber} does not match any in-progress transactions.`;
    throw new CommandError(251, reason, ['TransientTransactionError']);
  }

  /** Aborts the running transaction, unless it is being committed. */
  abort(): void {
    const { transaction } = this;
    if (!transaction || this.commit) return;
    this.transaction = undefined;
    this.outcome = 'aborted';
    transaction.end();
  }
}

/** An empty table of sessions. */
export function sessionTable() {
  const sessions = new Map<string, Session>();
  const end = (ids: Iterable<string>): void => {
    for (const id of ids) {
      sessions.get(id)?.abort();
      sessions.delete(id);
    }
  };
  return {
    get(id: string): Session {
      const session = sessions.get(id) ?? new Session(id);
      sessions.set(id, session);
      session.usedAt = performance.now();
      return session;
    },
    list: () => [...sessions.values()],
    /** Ends sessions with their running transactions. */
    end,
    /** Aborts every running transaction; what was answered to a write or commit is still known where it comes again. */
    abortAll(): void {
      for (const session of sessions.values()) session.abort();
    },
    /** Aborts transactions over 60 seconds old and forgets sessions idle for 30 minutes. */
    sweep(now: number): void {
      for (const session of [...sessions.values()]) {
        const { transaction, usedAt } = session;
        if (transaction && now - transaction.startedAt > TRANSACTION_MS) session.abort();
        if (!session.transaction && now - usedAt > IDLE_MS) sessions.delete(session.id);
      }
    },
  };
}

/** The id of a session as the table knows it. */
export function sessionIdOf(lsid: Value | undefined): string | undefined {
  const id = isDoc(lsid) ? lsid['id'] : undefined;
  return id instanceof Binary ? Buffer.from(id.buffer.subarray(0, id.position)).toString('hex') : undefined;
}

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
