// The server inside its worker thread: socket, connections, periodic sweeps, and an orderly end.
import { createServer, type Server, type Socket } from 'node:net';
import { newCaller } from './auth/caller.ts';
import { scramSecret, type Credentials } from './auth/scram-sha-256.ts';
import { serveConnection } from './connection.ts';
import { listenAt, type Listen } from './door.ts';
import { Engine, type EngineOptions } from './engine.ts';
import { deleteExpired } from './indexes/expiry.ts';

export interface ServerOptions extends Omit<EngineOptions, 'address'> {
  readonly listen: Listen;
  /** What clients have to prove; left out: whoever reaches the socket may do everything. */
  readonly credentials?: Credentials | undefined;
  /** Whether TTL indexes delete while this server runs. */
  readonly expire: boolean;
}

export interface RunningServer {
  /** Path of the socket, or host and port. */
  readonly address: string;
  stop(): Promise<void>;
}

const SWEEP_MS = 1000;
const EXPIRY_MS = 60_000;

/** Listens and opens the data; resolves once clients can connect. DoorNotOpened leaves the data alone. */
export async function runServer({
  listen,
  credentials,
  expire,
  ...options
}: ServerOptions): Promise<RunningServer> {
  const server = createServer();
  const address = await listenAt(server, listen);
  const engine = openOrClose(server, { ...options, address });
  const secret = credentials && scramSecret(credentials);
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(engine, socket, newCaller((connections += 1), secret));
  });
  const sweep = setInterval(() => {
    // A clock that never goes back: set back, the other one would let an abandoned transaction keep its locks.
    engine.sessions.sweep(performance.now());
    engine.cursors.sweep(performance.now());
    engine.snapshots.sweep(performance.now());
  }, SWEEP_MS);
  const expiry = setInterval(() => {
    engine.store.forgetDeadReaders();
    if (!expire) return;
    // A sweep that fails (a full disk) is tried again a minute later.
    engine.writer.submit(deleteExpired(engine, new Date())).catch(() => undefined);
  }, EXPIRY_MS);
  return {
    address,
    stop: async () => {
      clearInterval(sweep);
      clearInterval(expiry);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.pause();
      // Writes that wait for a transaction's lock would wait for ever.
      engine.sessions.endAll();
      await engine.writer.idle();
      await new Promise((resolve) => setImmediate(resolve));
      for (const socket of sockets) socket.destroySoon();
      await closed;
      await engine.close();
    },
  };
}

function openOrClose(server: Server, options: EngineOptions): Engine {
  try {
    return new Engine(options);
  } catch (error) {
    server.close();
    throw error;
  }
}
