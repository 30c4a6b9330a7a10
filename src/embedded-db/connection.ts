// One client: frames in, replies out, one command after the other.
import type { Socket } from 'node:net';
import { longestMessage, type Caller } from './auth/caller.ts';
import type { Engine } from './engine.ts';
import { CommandError } from './errors.ts';
import { dispatch } from './session/dispatch.ts';
import { frameReader, readMessage, type Frame } from './wire/messages.ts';
import { encodeFailure } from './wire/reply.ts';

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

async function answer(engine: Engine, caller: Caller, frame: Frame): Promise<Buffer | undefined> {
  const { request, legacy, reply } = readMessage(frame);
  if (legacy && !['hello', 'isMaster', 'ismaster'].includes(request.name))
    return reply(encodeFailure(new CommandError(352, `Unsupported OP_QUERY command: ${request.name}`)));
  return reply(await dispatch(engine, caller, request));
}
