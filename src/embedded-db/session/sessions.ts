// Logical sessions: the transaction a session is in, and the last retryable write with its reply.
import { CommandError } from '../errors.ts';
import type { Transaction } from './transaction.ts';

const IDLE_MS = 30 * 60_000;
const TRANSACTION_MS = 60_000;

export interface Session {
  readonly id: string;
  usedAt: number;
  /** Highest transaction number seen, of transactions and retryable writes alike. */
  txnNumber: bigint;
  transaction: Transaction | undefined;
  /** How the transaction `txnNumber` ended. */
  outcome: 'none' | 'committed' | 'aborted';
  /** The commit under way or done, for a client that asks again. */
  commit: Promise<void> | undefined;
  /** The reply of the retryable write `txnNumber`, for a client that sends it again. */
  retry: Promise<Buffer> | undefined;
}

export interface SessionTable {
  get(id: string): Session;
  list(): Session[];
  /** Ends sessions with their running transactions. */
  end(ids: Iterable<string>): void;
  endAll(): void;
  /** Aborts transactions over 60 seconds old and forgets sessions idle for 30 minutes. */
  sweep(now: number): void;
}

/** An empty table; `onEnd` is told of each transaction that the table aborts. */
export function sessionTable(onEnd: (transaction: Transaction) => void): SessionTable {
  const sessions = new Map<string, Session>();
  const end = (ids: Iterable<string>): void => {
    for (const id of ids) {
      const session = sessions.get(id);
      if (session) abortRunning(session, onEnd);
      sessions.delete(id);
    }
  };
  return {
    get(id) {
      let session = sessions.get(id);
      if (!session) {
        session = {
          id,
          usedAt: 0,
          txnNumber: -1n,
          transaction: undefined,
          outcome: 'none',
          commit: undefined,
          retry: undefined,
        };
        sessions.set(id, session);
      }
      session.usedAt = performance.now();
      return session;
    },
    list: () => [...sessions.values()],
    end,
    endAll: () => end([...sessions.keys()]),
    sweep(now) {
      for (const session of [...sessions.values()]) {
        const { transaction } = session;
        if (transaction && !session.commit && now - transaction.startedAt > TRANSACTION_MS)
          abortRunning(session, onEnd);
        if (!session.transaction && now - session.usedAt > IDLE_MS) sessions.delete(session.id);
      }
    },
  };
}

/** Aborts the session's running transaction, unless it is being committed. */
export function abortRunning(session: Session, onEnd: (transaction: Transaction) => void): void {
  const { transaction } = session;
  if (!transaction || session.commit) return;
  session.transaction = undefined;
  session.outcome = 'aborted';
  onEnd(transaction);
}

/** Moves the session on to `txnNumber`. TransactionTooOld (225) for a number that is behind. */
export function advance(
  session: Session,
  txnNumber: bigint,
  onEnd: (transaction: Transaction) => void,
): void {
  if (txnNumber < session.txnNumber) {
    throw new CommandError(
      225,
      `Cannot start transaction ${txnNumber} on session ${session.id} because a newer transaction ${session.txnNumber} has already started`,
    );
  }
  if (txnNumber === session.txnNumber) return;
  abortRunning(session, onEnd);
  session.txnNumber = txnNumber;
  session.outcome = 'none';
  session.commit = undefined;
  session.retry = undefined;
}

/** The error for a transaction that is not running (251); the driver runs the whole transaction again. */
export function noSuchTransaction(txnNumber: bigint, outcome: Session['outcome']): CommandError {
  if (outcome === 'committed') return new CommandError(256, `Transaction ${txnNumber} has been committed.`);
  const reason =
    outcome === 'aborted'
      ? `Transaction ${txnNumber} has been aborted.`
      : `Given transaction number ${txnNumber} does not match any in-progress transactions.`;
  return new CommandError(251, reason, ['TransientTransactionError']);
}
