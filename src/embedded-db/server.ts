// The server inside its worker thread: socket, connections, periodic sweeps, and an orderly end.
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { openEngine } from './engine.ts';
import { serveConnection } from './connection.ts';
import { deleteExpired } from './indexes/expiry.ts';

export interface ServerOptions {
  readonly dir: string;
  /** Path of the Unix socket. */
  readonly socketPath: string;
  readonly durable: boolean;
  /** Whether TTL indexes delete while this server runs. */
  readonly expire: boolean;
  /** Shared with the thread that started this one. */
  readonly gate: SharedArrayBuffer;
}

export interface RunningServer {
  stop(): Promise<void>;
}

const SWEEP_MS = 1000;
const EXPIRY_MS = 60_000;

/** Opens the data and listens; resolves once clients can connect. */
export async function runServer({
  dir,
  socketPath,
  durable,
  expire,
  gate,
}: ServerOptions): Promise<RunningServer> {
  const engine = openEngine({ dir, address: socketPath, durable, gate });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(engine, socket);
  });
  rmSync(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  chmodSync(socketPath, 0o600);
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
