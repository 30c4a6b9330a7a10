// Where the server listens: a Unix socket, or a port of this machine's loopback. Never anything that a network reaches.
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { connect, type Server } from 'node:net';

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
  if ('socketPath' in listen && Buffer.byteLength(listen.socketPath) > LONGEST_SOCKET_PATH)
    throw new DoorNotOpened(
      `The path of a socket has at most ${LONGEST_SOCKET_PATH} bytes: ${listen.socketPath} is longer.`,
    );
  if ('socketPath' in listen && (await isDeadSocket(listen.socketPath))) rmSync(listen.socketPath);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explained(error, listen)));
    if ('socketPath' in listen) server.listen(listen.socketPath, resolve);
    else server.listen(listen.port, LOOPBACK, resolve);
  });
  if ('socketPath' in listen) chmodSync(listen.socketPath, 0o600);
  return addressOf(server);
}

// A killed server leaves its socket behind, which nobody answers any more.
async function isDeadSocket(path: string): Promise<boolean> {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() !== true) return false;
  return new Promise((resolve) => {
    const caller = connect(path);
    const end = (dead: boolean): void => {
      caller.destroy();
      resolve(dead);
    };
    caller.once('connect', () => end(false));
    caller.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED'));
  });
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null) throw new TypeError('the server does not listen');
  return typeof address === 'string' ? address : `${LOOPBACK}:${address.port}`;
}

function explained(error: NodeJS.ErrnoException, listen: Listen): Error {
  const place = 'socketPath' in listen ? listen.socketPath : `Port ${listen.port} of ${LOOPBACK}`;
  const reason = ('socketPath' in listen ? SOCKET_REASONS : PORT_REASONS)[error.code ?? ''];
  return reason === undefined ? error : new DoorNotOpened(`${place} ${reason}.`, { cause: error });
}

const PORT_REASONS: Record<string, string> = {
  EADDRINUSE: 'is in use: choose another one',
  EACCES: 'may not be opened by this account: choose another one',
};
const SOCKET_REASONS: Record<string, string> = {
  EADDRINUSE: 'is there already: choose another path',
  EACCES: 'cannot be made: its folder does not exist, or this account may not write there',
};
