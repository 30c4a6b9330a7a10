// A sign of life in a directory: a socket that answers as long as its process lives, to whoever sees the directory, in another
// container too, where process numbers say nothing.
import { once } from 'node:events';
import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

/** Listens at `name` in `dir` until `end`; undefined where no socket can be made. */
export async function listenIn(dir: string, name: string): Promise<{ end(): void } | undefined> {
  const server = createServer((caller) => caller.destroy());
  server.unref();
  const there = shortPath(dir, name);
  try {
    server.listen(there.path);
    await once(server, 'listening');
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
    there.end();
    return undefined;
  }
}

/** Whether the process that made the socket `name` in `dir` lives. */
export async function answers(dir: string, name: string): Promise<boolean> {
  const there = shortPath(dir, name);
  const refusal = await refusalOf(there.path);
  there.end();
  // A queue of callers that is full is a sign of life too.
  return refusal === undefined || refusal === 'EAGAIN';
}

/** The system's code for why nobody answers at a socket: ECONNREFUSED where who made it is gone; undefined where somebody does. */
export async function refusalOf(path: string): Promise<string | undefined> {
  const caller = connect(path);
  try {
    await once(caller, 'connect');
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    caller.destroy();
  }
}

// A socket's path has room for about a hundred bytes, so the directory goes by a number where the system has such paths.
function shortPath(dir: string, name: string): { path: string; end(): void } {
  if (!existsSync('/proc/self/fd')) return { path: join(dir, name), end: () => undefined };
  const directory = openSync(dir, 'r');
  return { path: join('/proc/self/fd', String(directory), name), end: () => closeSync(directory) };
}
