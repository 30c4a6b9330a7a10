// Commands inside a multi-document transaction: reads and writes above the snapshot, commit and abort.
import { isWork } from '../commands/command.ts';
import { commandOf, isOfTransactions } from '../commands/registry.ts';
import type { Engine } from '../engine.ts';
import { CommandError, unsupported } from '../errors.ts';
import type { WriteWork } from '../storage/writer.ts';
import { databaseOf, flagOf } from '../wire/fields.ts';
import type { Request } from '../wire/messages.ts';
import type { Answer } from '../wire/reply.ts';
import { changedUnderneath, operation } from './operation.ts';
import type { Session } from './sessions.ts';
import { beginTransaction, type Transaction } from './transaction.ts';

// MongoDB allows these in transactions; here collections and indexes are made outside them.
const MAKES_SHAPES = new Set(['create', 'createIndexes']);

/** The answer to a command of transaction `txnNumber`. Any error aborts the transaction. */
export async function runInTransaction(
  engine: Engine,
  session: Session,
  txnNumber: bigint,
  request: Request,
): Promise<Answer> {
  if (request.name === 'commitTransaction') return commit(engine, session, txnNumber);
  if (request.name === 'abortTransaction') {
    session.running(txnNumber);
    session.abort();
    return {};
  }
  const transaction = flagOf(request.body['startTransaction'])
    ? start(engine, session, txnNumber)
    : session.running(txnNumber);
  try {
    const answer = runCommand(engine, transaction, request);
    if (answer['writeErrors']) session.abort();
    return answer;
  } catch (error) {
    session.abort();
    throw error;
  }
}

function start(engine: Engine, session: Session, txnNumber: bigint): Transaction {
  if (txnNumber === session.txnNumber)
    throw new CommandError(117, `Transaction ${txnNumber} has already been started`);
  session.advance(txnNumber);
  session.transaction = beginTransaction(engine);
  return session.transaction;
}

function runCommand(engine: Engine, transaction: Transaction, request: Request): Answer {
  const command = commandOf(request);
  if (!isOfTransactions(request)) {
    if (MAKES_SHAPES.has(request.name)) throw unsupported(`${request.name} in a transaction`, 263);
    throw new CommandError(263, `Cannot run '${request.name}' in a multi-document transaction.`);
  }
  const result = command(operation(engine, databaseOf(request.body), { transaction }), request);
  if (!isWork(result)) return result;
  // In a transaction nothing waits, so the steps of a write run to their end at once.
  for (;;) {
    const step = result.next();
    if (step.done) return step.value;
  }
}

async function commit(engine: Engine, session: Session, txnNumber: bigint): Promise<Answer> {
  if (session.txnNumber !== txnNumber || !session.commit)
    session.commit = apply(engine, session, session.running(txnNumber));
  await session.commit;
  return {};
}

async function apply(engine: Engine, session: Session, transaction: Transaction): Promise<void> {
  try {
    if (!transaction.view.isEmpty()) await engine.writer.submit(applyWork(engine, transaction));
    session.outcome = 'committed';
  } catch (error) {
    session.outcome = 'aborted';
    session.commit = undefined;
    throw error;
  } finally {
    session.transaction = undefined;
    transaction.end();
  }
}

function* applyWork({ catalog, locks, store }: Engine, transaction: Transaction): WriteWork<void> {
  for (const ns of transaction.seen)
    if (catalog.versionOf(ns) > transaction.catalogVersion) throw changedUnderneath(ns, transaction);
  for (const collection of transaction.made.values()) {
    if (catalog.find(collection.ns)) throw changedUnderneath(collection.ns, transaction);
    catalog.register(collection);
  }
  transaction.view.applyTo(store.view);
  locks.wrote(transaction.held);
}
