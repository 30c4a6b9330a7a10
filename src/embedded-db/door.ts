// Where the server listens: a Unix socket, or a port of this machine's loopback. Never anything that a network reaches.
import { once } from 'node:events';
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { refusalOf } from './presence.ts';

export type Listen = { readonly socketPath: string } | { readonly port: number };

/** A place cannot be listened on; the message is for whoever chose it. */
export class DoorNotOpened extends Error {
  override readonly name = 'DoorNotOpened';
}

/** A Unix socket's path has room for this many bytes. */
export const LONGEST_SOCKET_PATH = 107;
const LOOPBACK = '127.0.0.1';

/** Begins to listen; the address as `hello` tells it, for port 0 with the one that was free. DoorNotOpened. */
export async function listenAt(server: Server, listen: Listen): Promise<string> {
  if (!('socketPath' in listen)) {
    await opened(server.listen(listen.port, LOOPBACK), `Port ${listen.port} of ${LOOPBACK}`, PORT_REASONS);
    return `${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  }
  const { socketPath } = listen;
  if (Buffer.byteLength(socketPath) > LONGEST_SOCKET_PATH)
    throw new DoorNotOpened(
      `The path of a socket has at most ${LONGEST_SOCKET_PATH} bytes: ${socketPath} is longer.`,
    );
  if (await isDeadSocket(socketPath)) rmSync(socketPath);
  await opened(server.listen(socketPath), socketPath, SOCKET_REASONS);
  chmodSync(socketPath, 0o600);
  return socketPath;
}

async function opened(server: Server, place: string, reasons: Record<string, string>): Promise<void> {
  try {
    await once(server, 'listening');
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
    throw reason === undefined ? error : new DoorNotOpened(`${place} ${reason}.`, { cause: error });
  }
}

// A killed server leaves its socket behind, which nobody answers any more.
async function isDeadSocket(path: string): Promise<boolean> {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() !== true) return false;
  return (await refusalOf(path)) === 'ECONNREFUSED';
}

const PORT_REASONS: Record<string, string> = {
  EADDRINUSE: 'is in use: choose another one',
  EACCES: 'may not be opened by this account: choose another one',
};
const SOCKET_REASONS: Record<string, string> = {
  EADDRINUSE: 'is there already: choose another path',
  EACCES: 'cannot be made: its folder does not exist, or this account may not write there',
};
