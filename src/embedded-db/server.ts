// The server inside its worker thread: its connections, periodic sweeps, and an orderly end.
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { MessagePort } from 'node:worker_threads';
import { longestMessage, newCaller, type Caller } from './auth/caller.ts';
import { scramSecret, type Credentials } from './auth/scram-sha-256.ts';
import { listenAt, type Listen } from './door.ts';
import { Engine, type EngineOptions } from './engine.ts';
import { CommandError } from './errors.ts';
import { deleteExpired } from './indexes/expiry.ts';
import { dispatch } from './session/dispatch.ts';
import { frameReader, readMessage } from './wire/messages.ts';
import { encodeFailure } from './wire/reply.ts';

export interface ServerOptions extends Omit<EngineOptions, 'address'> {
  readonly listen: Listen;
  /** What clients have to prove; left out: whoever reaches the socket may do everything. */
  readonly credentials?: Credentials | undefined;
  /** False: TTL indexes delete nothing while this server runs. For records made with the clock of another year. */
  readonly expire: boolean;
}

const SWEEP_MS = 1000;
const EXPIRY_MS = 60_000;
/** How long a stop waits for clients to read their last replies. */
const LAST_REPLIES_MS = 1_000;

/** Listens and opens the data; resolves once clients can connect. DoorNotOpened leaves the data alone. */
export async function runServer({ listen, credentials, expire, ...options }: ServerOptions) {
  const server = createServer();
  const address = await listenAt(server, listen);
  let engine: Engine;
  try {
    engine = new Engine({ ...options, address });
  } catch (error) {
    server.close();
    throw error;
  }
  const secret = credentials && scramSecret(credentials);
  // A connection that cannot be accepted (too many open files) ends none of the others.
  server.on('error', () => undefined);
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(engine, server, socket, newCaller((connections += 1), secret));
  });
  const sweep = setInterval(() => {
    // A clock that never goes back: set back, the other one would let an abandoned transaction keep its locks.
    engine.sessions.sweep(performance.now());
    engine.cursors.sweep(performance.now());
    engine.snapshots.sweep(performance.now());
  }, SWEEP_MS);
  const expiry = setInterval(() => {
    if (!expire) return;
    // A sweep that fails (a full disk) is tried again a minute later.
    engine.writer.submit(deleteExpired(engine, new Date())).catch(() => undefined);
  }, EXPIRY_MS);
  return {
    /** Path of the socket, or host and port. */
    address,
    /** Keeps the newest state for a reader of the file while it is at the other end of that port. */
    keepFor: (reader: MessagePort): void => engine.kept.keepFor(reader),
    async stop(): Promise<void> {
      clearInterval(sweep);
      clearInterval(expiry);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.pause();
      // Writes that wait for a transaction's lock would wait for ever.
      engine.sessions.abortAll();
      await engine.writer.idle();
      await new Promise((resolve) => setImmediate(resolve));
      for (const socket of sockets) socket.destroySoon();
      const waited = setTimeout(() => sockets.forEach((socket) => socket.destroy()), LAST_REPLIES_MS);
      await closed;
      clearTimeout(waited);
      await engine.close();
    },
  };
}

// Frames in, replies out, one command after the other, until either side closes; a frame that cannot be read closes it. Nothing
// more is taken from a client before it has taken its reply: what waits would fill the memory.
function serveConnection(engine: Engine, server: Server, socket: Socket, caller: Caller): void {
  const read = frameReader(() => longestMessage(caller));
  const serve = async (chunk: Buffer): Promise<void> => {
    for (const message of read(chunk)) {
      const reply = await answer(engine, caller, message);
      if (reply && socket.writable && !socket.write(reply)) await once(socket, 'drain');
    }
    if (server.listening) socket.resume();
  };
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    socket.pause();
    serve(chunk).catch(() => socket.destroy());
  });
}

async function answer(engine: Engine, caller: Caller, message: Buffer): Promise<Buffer | undefined> {
  const { read, legacy, reply } = readMessage(message);
  try {
    const request = read();
    if (legacy && !['hello', 'isMaster', 'ismaster'].includes(request.name))
      throw new CommandError(352, `Unsupported OP_QUERY command: ${request.name}`);
    return reply(await dispatch(engine, caller, request));
  } catch (error) {
    return reply(encodeFailure(error));
  }
}
