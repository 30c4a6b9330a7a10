// Runs one command: finds it, puts it into its session, transaction or the writer's queue, and encodes the reply.
import { admit, type Caller } from '../auth/caller.ts';
import { sessionIdOf } from '../commands/end-sessions.ts';
import type { Engine } from '../engine.ts';
import { CommandError } from '../errors.ts';
import type { Value } from '../query/bson.ts';
import type { Request } from '../wire/op-msg.ts';
import { docField } from '../wire/fields.ts';
import { encodeAnswer, encodeFailure, type Answer } from '../wire/reply.ts';
import { operation } from './operation.ts';
import { advance } from './sessions.ts';
import { withConcern } from './write-concern.ts';
import { commandOf, databaseOf, readOf, writes } from './requested-command.ts';
import { runInTransaction } from './run-in-transaction.ts';

const RETRYABLE = new Set(['insert', 'update', 'delete', 'findAndModify']);

/** The reply to one command; failures become replies too. */
export async function dispatch(engine: Engine, caller: Caller, request: Request): Promise<Buffer> {
  try {
    admit(caller, request);
    const { body } = request;
    const session = sessionIdOf(body['lsid']);
    const txnNumber = body['txnNumber'];
    if (session === undefined || typeof txnNumber !== 'bigint') {
      if (session !== undefined) engine.sessions.get(session);
      return encodeAnswer(await runAlone(engine, caller, request));
    }
    if (body['autocommit'] === false)
      return encodeAnswer(await runInTransaction(engine, engine.sessions.get(session), txnNumber, request));
    if (!RETRYABLE.has(request.name))
      throw new CommandError(
        50768,
        `txnNumber may only be provided for multi-document transactions and retryable write commands`,
      );
    return await runOnce(engine, caller, session, txnNumber, request);
  } catch (error) {
    return encodeFailure(error);
  }
}

// A retryable write that comes again gets the reply of the first time, even while that is still being made.
function runOnce(
  engine: Engine,
  caller: Caller,
  id: string,
  txnNumber: bigint,
  request: Request,
): Promise<Buffer> {
  const session = engine.sessions.get(id);
  advance(session, txnNumber, engine.endTransaction);
  session.retry ??= runAlone(engine, caller, request).then(encodeAnswer, encodeFailure);
  return session.retry;
}

async function runAlone(engine: Engine, caller: Caller, request: Request): Promise<Answer> {
  const command = commandOf(request);
  const concern = docField(request.body, 'readConcern');
  // A cursor goes on in the state it began with.
  if (concern?.['level'] === 'snapshot' && request.name !== 'getMore')
    return readSnapshot(engine, caller, request, concern['atClusterTime']);
  const op = operation(engine, databaseOf(request), { caller });
  if (!writes(command, request)) return readOf(command, op, request);
  return withConcern(request, await engine.writer.submit(command.write(op, request)));
}

const OF_SNAPSHOTS = new Set(['find', 'aggregate', 'distinct']);

function readSnapshot(engine: Engine, caller: Caller, request: Request, time: Value | undefined): Answer {
  const command = commandOf(request);
  if (!OF_SNAPSHOTS.has(request.name) || writes(command, request))
    throw new CommandError(72, `${request.name} does not support the read concern level snapshot`);
  const snapshot = engine.snapshots.at(time, engine.catalog.version());
  return readOf(command, operation(engine, databaseOf(request), { snapshot, caller }), request);
}
