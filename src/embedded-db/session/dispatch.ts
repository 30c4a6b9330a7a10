// Runs one command: finds it, puts it into its session, its transaction or the writer's queue, and encodes the reply.
import { admit, type Caller } from '../auth/caller.ts';
import { cursors } from '../commands/cursors.ts';
import { commandOf } from '../commands/registry.ts';
import { writes } from '../commands/writes.ts';
import type { Engine } from '../engine.ts';
import { CommandError, unsupported } from '../errors.ts';
import type { WriteWork } from '../storage/writer.ts';
import type { Doc } from '../query/bson.ts';
import { databaseOf, docField, flagOf, numberOf } from '../wire/fields.ts';
import type { Request } from '../wire/messages.ts';
import { encodeAnswer, encodeFailure, type Answer } from '../wire/reply.ts';
import { changedUnderneath, operation } from './operation.ts';
import { beginTransaction, sessionIdOf, type Session, type Transaction } from './sessions.ts';

const RETRYABLE = new Set(Object.keys(writes));
const OF_TRANSACTIONS = new Set([...RETRYABLE, ...Object.keys(cursors), 'aggregate', 'distinct', 'find']);
// MongoDB allows these in transactions; here collections and indexes are made outside them.
const MAKES_SHAPES = new Set(['create', 'createIndexes']);
const OF_SNAPSHOTS = new Set(['find', 'aggregate', 'distinct']);

/** The reply to one command; failures become replies too. */
export async function dispatch(engine: Engine, caller: Caller, request: Request): Promise<Uint8Array> {
  try {
    admit(caller, request);
    const { name, body } = request;
    const id = sessionIdOf(body['lsid']);
    const session = id === undefined ? undefined : engine.sessions.get(id);
    const txnNumber = transactionNumberOf(body, id);
    if (session === undefined || txnNumber === undefined) return await runAlone(engine, caller, request);
    if (body['autocommit'] === false)
      return replyTo(request, await runInTransaction(engine, session, txnNumber, request));
    if (!RETRYABLE.has(name))
      throw new CommandError(50768, 'txnNumber is for transactions and retryable write commands only');
    session.advance(txnNumber);
    // A retryable write that comes again gets the reply of the first time, even while that is still being made.
    session.retry ??= runAlone(engine, caller, request).catch(encodeFailure);
    return await session.retry;
  } catch (error) {
    return encodeFailure(error);
  }
}

// The number that puts a command into a transaction or makes it retryable. What is said by halves must not run outside: 14, 72.
function transactionNumberOf(
  { lsid, txnNumber, autocommit, startTransaction }: Doc,
  id: string | undefined,
): bigint | undefined {
  if (lsid !== undefined && id === undefined)
    throw new CommandError(14, "BSON field 'lsid' is the wrong type, expected an object with a UUID");
  if (txnNumber !== undefined && typeof txnNumber !== 'bigint')
    throw new CommandError(14, "BSON field 'txnNumber' is the wrong type, expected a long");
  if (txnNumber !== undefined && id === undefined)
    throw new CommandError(72, 'Transaction number requires a session ID to also be specified');
  if (autocommit !== undefined && (autocommit !== false || txnNumber === undefined))
    throw new CommandError(72, "'autocommit' can only be false, and requires a transaction number");
  if (startTransaction !== undefined && autocommit === undefined)
    throw new CommandError(72, "'startTransaction' requires 'autocommit' to be false");
  return txnNumber;
}

async function runAlone(engine: Engine, caller: Caller, request: Request): Promise<Uint8Array> {
  const { name, body } = request;
  const command = commandOf(request);
  const concern = docField(body, 'readConcern');
  // A cursor goes on in the state it began with.
  const ofSnapshot = concern?.['level'] === 'snapshot' && name !== 'getMore';
  if (ofSnapshot && !OF_SNAPSHOTS.has(name))
    throw new CommandError(72, `${name} does not support the read concern level snapshot`);
  const snapshot = ofSnapshot ? engine.snapshots.at(concern['atClusterTime']) : undefined;
  const result = command(operation(engine, databaseOf(body), { snapshot, caller }), request);
  return replyTo(request, isWork(result) ? await engine.writer.submit(result) : result);
}

// The answer to a command of transaction `txnNumber`. Any error aborts the transaction.
async function runInTransaction(
  engine: Engine,
  session: Session,
  txnNumber: bigint,
  request: Request,
): Promise<Answer> {
  if (request.name === 'commitTransaction') return commit(engine, session, txnNumber);
  if (request.name === 'abortTransaction') {
    // One that is being committed is not to be aborted any more.
    await session.commit?.catch(() => undefined);
    session.running(txnNumber);
    session.abort();
    return {};
  }
  if (flagOf(request.body['startTransaction'])) {
    if (txnNumber === session.txnNumber)
      throw new CommandError(117, `Transaction ${txnNumber} has already been started`);
    session.advance(txnNumber);
    session.transaction = beginTransaction(engine);
  }
  const transaction = session.running(txnNumber);
  try {
    const answer = runCommand(engine, transaction, request);
    if (answer['writeErrors']) session.abort();
    return answer;
  } catch (error) {
    session.abort();
    throw error;
  }
}

function runCommand(engine: Engine, transaction: Transaction, request: Request): Answer {
  const command = commandOf(request);
  if (!OF_TRANSACTIONS.has(request.name)) {
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

// Whether a command goes on as a write.
function isWork(result: Answer | WriteWork<Answer>): result is WriteWork<Answer> {
  return Symbol.iterator in result;
}

async function commit(engine: Engine, session: Session, txnNumber: bigint): Promise<Answer> {
  if (session.txnNumber !== txnNumber || !session.commit)
    session.commit = apply(engine, session, session.running(txnNumber));
  await session.commit;
  return {};
}

async function apply(engine: Engine, session: Session, transaction: Transaction): Promise<void> {
  // Meanwhile a client may have gone on to another transaction, which is not to be touched.
  const conclude = (outcome: Session['outcome']): void => {
    if (session.transaction === transaction) session.outcome = outcome;
    if (session.transaction === transaction && outcome === 'aborted') session.commit = undefined;
  };
  try {
    if (!transaction.view.isEmpty()) await engine.writer.submit(applyWork(engine, transaction));
    conclude('committed');
  } catch (error) {
    conclude('aborted');
    throw error;
  } finally {
    if (session.transaction === transaction) session.transaction = undefined;
    transaction.end();
  }
}

function* applyWork({ catalog, locks, store }: Engine, transaction: Transaction): WriteWork<void> {
  for (const ns of [...transaction.seen, ...transaction.made.keys()])
    if (catalog.versionOf(ns) > transaction.catalogVersion) throw changedUnderneath(ns, transaction);
  for (const collection of transaction.made.values()) catalog.register(collection);
  transaction.view.applyTo(store.view);
  locks.wrote(transaction.held);
}

// Every write is on disk before its reply, and there is one node: who asks for more is told so (100, 79), as MongoDB does.
function replyTo({ body }: Request, answer: Answer): Uint8Array {
  const w = docField(body, 'writeConcern')?.['w'];
  if (w === undefined || w === 'majority' || (numberOf(w) ?? 2) <= 1) return encodeAnswer(answer);
  const writeConcernError =
    typeof w === 'string'
      ? { code: 79, codeName: 'UnknownReplWriteConcern', errmsg: `No write concern mode named '${w}' found` }
      : { code: 100, codeName: 'UnsatisfiableWriteConcern', errmsg: 'Not enough data-bearing nodes' };
  return encodeAnswer({ ...answer, writeConcernError });
}
