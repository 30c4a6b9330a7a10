// Commands inside a multi-document transaction: reads and writes above the snapshot, commit and abort.
import type { Engine } from '../engine.ts';
import { CommandError, unsupported } from '../errors.ts';
import type { WriteWork } from '../storage/writer.ts';
import { flagOf } from '../wire/fields.ts';
import type { Request } from '../wire/op-msg.ts';
import type { Answer } from '../wire/reply.ts';
import { changedUnderneath, operation } from './operation.ts';
import { commandOf, databaseOf, readOf, writes } from './requested-command.ts';
import { abortRunning, advance, noSuchTransaction, type Session } from './sessions.ts';
import { withConcern } from './write-concern.ts';
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
  if (request.name === 'commitTransaction')
    return withConcern(request, await commit(engine, session, txnNumber));
  if (request.name === 'abortTransaction') return abort(engine, session, txnNumber);
  const transaction = flagOf(request.body['startTransaction'])
    ? start(engine, session, txnNumber)
    : running(session, txnNumber);
  try {
    const answer = runCommand(engine, transaction, request);
    if (answer.fields?.['writeErrors']) abortRunning(session, engine.endTransaction);
    return answer;
  } catch (error) {
    abortRunning(session, engine.endTransaction);
    throw error;
  }
}

function start(engine: Engine, session: Session, txnNumber: bigint): Transaction {
  if (txnNumber === session.txnNumber) {
    throw new CommandError(117, `Transaction ${txnNumber} has already been started`);
  }
  advance(session, txnNumber, engine.endTransaction);
  session.transaction = beginTransaction(engine.store, engine.locks, engine.catalog.version());
  return session.transaction;
}

function running(session: Session, txnNumber: bigint): Transaction {
  if (session.txnNumber !== txnNumber || !session.transaction) {
    throw noSuchTransaction(txnNumber, session.txnNumber === txnNumber ? session.outcome : 'none');
  }
  return session.transaction;
}

function runCommand(engine: Engine, transaction: Transaction, request: Request): Answer {
  const command = commandOf(request);
  if (!command.inTransaction) {
    if (MAKES_SHAPES.has(request.name)) throw unsupported(`${request.name} in a transaction`, 263);
    throw new CommandError(263, `Cannot run '${request.name}' in a multi-document transaction.`);
  }
  const op = operation(engine, databaseOf(request), { transaction });
  return writes(command, request) ? runNow(command.write(op, request)) : readOf(command, op, request);
}

// In a transaction nothing waits, so write steps run to their end at once.
function runNow<T>(work: WriteWork<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

async function commit(engine: Engine, session: Session, txnNumber: bigint): Promise<Answer> {
  if (session.txnNumber === txnNumber && session.commit) {
    await session.commit;
    return {};
  }
  const transaction = running(session, txnNumber);
  session.commit = apply(engine, transaction).finally(() => {
    session.transaction = undefined;
    engine.endTransaction(transaction);
  });
  try {
    await session.commit;
    session.outcome = 'committed';
    return {};
  } catch (error) {
    session.outcome = 'aborted';
    session.commit = undefined;
    throw error;
  }
}

async function apply(engine: Engine, transaction: Transaction): Promise<void> {
  if (transaction.view.isEmpty()) return;
  await engine.writer.submit(applyWork(engine, transaction));
}

function* applyWork(engine: Engine, transaction: Transaction): WriteWork<void> {
  for (const [collection, version] of transaction.seen) {
    if (engine.catalog.find(collection.ns) !== collection || collection.version !== version)
      throw changedUnderneath(collection.ns);
  }
  for (const collection of transaction.made.values()) {
    if (engine.catalog.find(collection.ns)) throw changedUnderneath(collection.ns);
    engine.catalog.register(collection);
  }
  transaction.view.applyTo(engine.store.view);
  engine.locks.wrote(transaction.held);
}

function abort(engine: Engine, session: Session, txnNumber: bigint): Answer {
  running(session, txnNumber);
  abortRunning(session, engine.endTransaction);
  return {};
}
