// The embedded database: a MongoDB-compatible server over one directory, inside this process.
import { randomBytes } from 'node:crypto';
import { on, once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Credentials } from './auth/scram-sha-256.ts';
import { DoorNotOpened, LONGEST_SOCKET_PATH, type Listen } from './door.ts';
import type { BuildProgress } from './indexes/build-index.ts';
import { passOn } from './kept-states.ts';
import { lockDirectory, type DirectoryLock } from './lock-file.ts';
import { reasonOf } from './place-refused.ts';
import type { ServerOptions } from './server.ts';
import { closeGate, gateMemory } from './storage/write-gate.ts';

export type { BuildProgress } from './indexes/build-index.ts';
export { DoorNotOpened } from './door.ts';
export { DirectoryInUse } from './lock-file.ts';

export interface StartOptions extends Partial<Pick<ServerOptions, 'durable' | 'expire' | 'memoryLimit'>> {
  /** Directory of the data; made if it does not exist. */
  readonly dir: string;
  /** Is told how far an index build is that lasts. */
  readonly progress?: (build: BuildProgress) => void;
  /** Where clients of other accounts and makers come in, and what they have to prove. Left out: by a socket only this account can open. */
  readonly door?: { readonly listen: Listen; readonly credentials: Credentials };
}

export interface EmbeddedDatabase {
  /** `mongodb://` address for any driver in this machine's account; a door's has its user and password in it. */
  readonly uri: string;
  /** Finishes what is under way, flushes, and lets go of the directory. */
  stop(): Promise<void>;
}

const SOCKET_NAME = 'db.sock';

/** The directory of the data cannot be made or written. */
export class DirectoryNotWritable extends Error {
  override readonly name = 'DirectoryNotWritable';
}

/**
 * Starts the server on `dir`. DirectoryInUse when another process serves it, DirectoryNotWritable when nothing can be written,
 * DoorNotOpened when its door's place is taken.
 */
export async function start({
  dir,
  durable = true,
  expire = true,
  progress,
  memoryLimit,
  door,
}: StartOptions): Promise<EmbeddedDatabase> {
  const path = resolve(dir);
  const socketDir = chooseSocketDir();
  let worker: Worker | undefined;
  const lock = await lockWritable(path, socketDir, (caller) =>
    worker ? passOn(caller, worker) : caller.destroy(),
  );
  const gate = gateMemory();
  const release = (): void => {
    closeGate(gate);
    process.off('exit', release);
    lock.release();
  };
  process.once('exit', release);
  try {
    mkdirSync(socketDir, { mode: 0o700 });
    const { listen, credentials } = door ?? { listen: { socketPath: join(socketDir, SOCKET_NAME) } };
    worker = startWorker({ dir: path, listen, credentials, durable, expire, memoryLimit, gate });
    worker.on('message', ({ progress: build }: Message) => build && progress?.(build));
    return { uri: uriOf(await listeningAt(worker, path), credentials), stop: stopOnce(worker, release) };
  } catch (error) {
    release();
    throw error;
  }
}

function uriOf(address: string, credentials: Credentials | undefined): string {
  const host = address.startsWith('/') ? encodeURIComponent(address) : address;
  if (!credentials) return `mongodb://${host}/?directConnection=true`;
  const proof = [credentials.user, credentials.password].map(encodeURIComponent).join(':');
  return `mongodb://${proof}@${host}/?authSource=admin&directConnection=true`;
}

async function lockWritable(
  path: string,
  socketDir: string,
  onCall: (caller: Socket) => void,
): Promise<DirectoryLock> {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return await lockDirectory(path, socketDir, onCall);
  } catch (error) {
    throw notWritable(path, error) ?? error;
  }
}

function notWritable(path: string, error: unknown): DirectoryNotWritable | undefined {
  const reason = reasonOf(error);
  if (reason === undefined) return undefined;
  return new DirectoryNotWritable(
    `The data in ${path} cannot be written: ${reason}. Once it can, start again; nothing else has to be done.`,
    { cause: error },
  );
}

// A socket path has room for 107 bytes, and drivers compare addresses in lower case.
function chooseSocketDir(): string {
  const name = `skillroll-${randomBytes(6).toString('hex')}`;
  const path = join(tmpdir(), name);
  return Buffer.byteLength(join(path, SOCKET_NAME)) <= LONGEST_SOCKET_PATH ? path : join('/tmp', name);
}

function startWorker(options: ServerOptions): Worker {
  const settings = {
    workerData: options,
    name: 'embedded-db',
    // What a command makes lives shortly: in little room it goes early, and a cursor over everything costs less.
    resourceLimits: { maxYoungGenerationSizeMb: 6 },
  };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./worker.js', import.meta.url), settings);
  // A worker does not inherit the loader that lets Node run TypeScript sources, so it registers its own first.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'));
  const loader = JSON.stringify(new URL('./esm/api/index.mjs', tsx).href);
  const entry = JSON.stringify(new URL('./worker.ts', import.meta.url).href);
  const bootstrap = `import(${loader}).then(({ register }) => (register(), import(${entry})))`;
  return new Worker(bootstrap, { ...settings, eval: true });
}

/** What the worker says: first where it listens, then how far index builds are. */
interface Message {
  readonly address: string;
  readonly progress?: BuildProgress;
}

async function listeningAt(worker: Worker, path: string): Promise<string> {
  try {
    // The worker's `error` is thrown here.
    for await (const given of on(worker, 'message', { close: ['exit'] }))
      return (given as [Message])[0].address;
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'DoorNotOpened') throw new DoorNotOpened(message);
    throw notWritable(path, error) ?? new Error(`the embedded database could not go on: ${message}`);
  }
  throw new Error('the embedded database ended before it was listening');
}

function stopOnce(worker: Worker, release: () => void): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    try {
      worker.postMessage('stop');
      await once(worker, 'exit');
    } finally {
      await worker.terminate();
      release();
    }
  };
  return () => (stopping ??= stop());
}
