// One client: frames in, replies out, one command after the other.
import type { Socket } from 'node:net';
import { longestMessage, type Caller } from './auth/caller.ts';
import type { Engine } from './engine.ts';
import { dispatch } from './session/dispatch.ts';
import { frameReader, type Frame } from './wire/frames.ts';
import { OP_MSG, readOpMsg, writeOpMsg } from './wire/op-msg.ts';
import { OP_QUERY, readOpQuery, writeOpReply } from './wire/op-query.ts';
import { encodeFailure } from './wire/reply.ts';
import { CommandError } from './errors.ts';
import { keysOf } from './query/bson.ts';

/** Serves a connection until either side closes it; a malformed message closes it. */
export function serveConnection(engine: Engine, socket: Socket, caller: Caller): void {
  const read = frameReader(() => longestMessage(caller));
  let turn = Promise.resolve();
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    try {
      for (const frame of read(chunk))
        turn = turn
          .then(() => answer(engine, caller, frame))
          .then((reply) => void (reply && socket.writable && socket.write(reply)));
      turn = turn.catch(() => void socket.destroy());
    } catch {
      socket.destroy();
    }
  });
}

async function answer(
  engine: Engine,
  caller: Caller,
  { opCode, requestId, body }: Frame,
): Promise<Buffer | undefined> {
  if (opCode === OP_MSG) {
    const request = readOpMsg(body);
    const reply = await dispatch(engine, caller, request);
    return request.wantsReply ? writeOpMsg(requestId, reply) : undefined;
  }
  if (opCode !== OP_QUERY) throw new Error(`unknown operation ${opCode}`);
  const { command, db } = readOpQuery(body);
  const [name = ''] = keysOf(command);
  if (!['hello', 'isMaster', 'ismaster'].includes(name)) {
    return writeOpReply(
      requestId,
      encodeFailure(new CommandError(352, `Unsupported OP_QUERY command: ${name}`)),
    );
  }
  command['$db'] = db;
  return writeOpReply(
    requestId,
    await dispatch(engine, caller, { name, body: command, documents: undefined, wantsReply: true }),
  );
}
