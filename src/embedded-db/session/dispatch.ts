// Runs one command: finds it, puts it into its session, transaction or the writer's queue, and encodes the reply.
import { admit, type Caller } from '../auth/caller.ts';
import { isWork } from '../commands/command.ts';
import { commandOf } from '../commands/registry.ts';
import type { Engine } from '../engine.ts';
import { CommandError } from '../errors.ts';
import { databaseOf, docField, numberOf } from '../wire/fields.ts';
import type { Request } from '../wire/messages.ts';
import { encodeAnswer, encodeFailure, type Answer } from '../wire/reply.ts';
import { operation } from './operation.ts';
import { runInTransaction } from './run-in-transaction.ts';
import { sessionIdOf } from './sessions.ts';

const RETRYABLE = new Set(['insert', 'update', 'delete', 'findAndModify']);
const OF_SNAPSHOTS = new Set(['find', 'aggregate', 'distinct']);

/** The reply to one command; failures become replies too. */
export async function dispatch(engine: Engine, caller: Caller, request: Request): Promise<Uint8Array> {
  try {
    admit(caller, request);
    const { name, body } = request;
    const id = sessionIdOf(body['lsid']);
    const session = id === undefined ? undefined : engine.sessions.get(id);
    const txnNumber = body['txnNumber'];
    if (session === undefined || typeof txnNumber !== 'bigint')
      return await runAlone(engine, caller, request);
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

async function runAlone(engine: Engine, caller: Caller, request: Request): Promise<Uint8Array> {
  const { name, body } = request;
  const command = commandOf(request);
  const concern = docField(body, 'readConcern');
  // A cursor goes on in the state it began with.
  const ofSnapshot = concern?.['level'] === 'snapshot' && name !== 'getMore';
  if (ofSnapshot && !OF_SNAPSHOTS.has(name)) throw notOfSnapshots(name);
  const snapshot = ofSnapshot ? engine.snapshots.at(concern['atClusterTime']) : undefined;
  const result = command(operation(engine, databaseOf(body), { snapshot, caller }), request);
  if (snapshot && isWork(result)) throw notOfSnapshots(name);
  return replyTo(request, isWork(result) ? await engine.writer.submit(result) : result);
}

function notOfSnapshots(name: string): CommandError {
  return new CommandError(72, `${name} does not support the read concern level snapshot`);
}

// Every write is on disk before its reply, and there is one node: who asks for more is told so (100, 79), as MongoDB does.
function replyTo({ body }: Request, answer: Answer): Uint8Array {
  const w = docField(body, 'writeConcern')?.['w'];
  if (w === undefined || w === 'majority' || (numberOf(w) ?? 2) <= 1) return encodeAnswer(answer);
  const [code, codeName, errmsg] =
    typeof w === 'string'
      ? [
          79,
          'UnknownReplWriteConcern',
          `No write concern mode named '${w}' found in replica set configuration`,
        ]
      : [100, 'UnsatisfiableWriteConcern', 'Not enough data-bearing nodes'];
  return encodeAnswer({ ...answer, writeConcernError: { code, codeName, errmsg } });
}
