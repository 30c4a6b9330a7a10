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
}

export interface RunningServer {
  stop(): Promise<void>;
}

const SWEEP_MS = 1000;
const EXPIRY_MS = 60_000;

/** Opens the data and listens; resolves once clients can connect. */
export async function runServer({ dir, socketPath, durable }: ServerOptions): Promise<RunningServer> {
  const engine = openEngine(dir, socketPath, durable);
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
    engine.sessions.sweep(Date.now());
    engine.cursors.sweep(Date.now());
  }, SWEEP_MS);
  const expiry = setInterval(() => {
    // A sweep that fails (a full disk) is tried again a minute later.
    engine.writer.submit(deleteExpired(engine, new Date())).catch(() => undefined);
  }, EXPIRY_MS);
  return {
    stop: async () => {
      clearInterval(sweep);
      clearInterval(expiry);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await engine.writer.idle();
      for (const socket of sockets) socket.destroy();
      await closed;
      await engine.close();
    },
  };
}
