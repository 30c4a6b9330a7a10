// A sign of life in a directory: a socket that answers as long as its process lives, to whoever sees the directory, in another
// container too, where process numbers say nothing.
import { once } from 'node:events';
import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { ownAsFolder } from './own-as-folder.ts';

/** Listens at `name` in `dir` until `end`, for callers that may want more than a sign; undefined where no socket can be made. */
export async function listenIn(
  dir: string,
  name: string,
  onCall: (caller: Socket) => void,
): Promise<{ end(): void } | undefined> {
  const server = createServer(onCall);
  server.unref();
  const there = shortPath(dir, name);
  try {
    server.listen(there.path);
    await once(server, 'listening');
    ownAsFolder(join(dir, name));
    // Of any later failure there is nothing to be said: the socket listens on.
    server.on('error', () => undefined);
    return {
      end() {
        server.close();
        rmSync(join(dir, name), { force: true });
        there.end();
      },
    };
  } catch {
    server.close();
    there.end();
    return undefined;
  }
}

/** Whether the process that made the socket `name` in `dir` lives. */
export async function answers(dir: string, name: string): Promise<boolean> {
  const answer = await callIn(dir, name);
  // A queue of callers that is full is a sign of life too.
  if (typeof answer === 'string') return answer === 'EAGAIN';
  answer.destroy();
  return true;
}

/** A connection to the process that made the socket `name` in `dir`, or the system's code for why nobody answers. */
export async function callIn(dir: string, name: string): Promise<Socket | string> {
  const there = shortPath(dir, name);
  try {
    return await call(there.path);
  } finally {
    there.end();
  }
}

/** The system's code for why nobody answers at a socket: ECONNREFUSED where who made it is gone; undefined where somebody does. */
export async function refusalOf(path: string): Promise<string | undefined> {
  const answer = await call(path);
  if (typeof answer === 'string') return answer;
  answer.destroy();
  return undefined;
}

async function call(path: string): Promise<Socket | string> {
  const caller = connect(path);
  try {
    await once(caller, 'connect');
    return caller;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

// A socket's path has room for about a hundred bytes, so the directory goes by a number where the system has such paths.
function shortPath(dir: string, name: string): { path: string; end(): void } {
  if (!existsSync('/proc/self/fd')) return { path: join(dir, name), end: () => undefined };
  const directory = openSync(dir, 'r');
  return { path: join('/proc/self/fd', String(directory), name), end: () => closeSync(directory) };
}
