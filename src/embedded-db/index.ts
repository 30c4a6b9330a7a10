// The embedded database: a MongoDB-compatible server over one directory, inside this process.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { lockDirectory, type DirectoryLock } from './lock-file.ts';
import type { ServerOptions } from './server.ts';
import { closeGate, gateMemory } from './storage/write-gate.ts';

export { DirectoryInUse } from './lock-file.ts';

export interface StartOptions {
  /** Directory of the data; made if it does not exist. */
  readonly dir: string;
  /** False: commits reach the disk when the server stops, not one by one. For data that can be made again. */
  readonly durable?: boolean;
  /** False: TTL indexes delete nothing while this server runs. For records made with the clock of another year. */
  readonly expire?: boolean;
}

export interface EmbeddedDatabase {
  /** `mongodb://` address for any driver in this machine's account. */
  readonly uri: string;
  /** Finishes what is under way, flushes, and lets go of the directory. */
  stop(): Promise<void>;
}

const SOCKET_NAME = 'db.sock';
const LONGEST_SOCKET_PATH = 107;

/** The directory of the data cannot be made or written. */
export class DirectoryNotWritable extends Error {
  override readonly name = 'DirectoryNotWritable';
}

/** Starts the server on `dir`. DirectoryInUse when another process serves it, DirectoryNotWritable when nothing can be written. */
export async function start({ dir, durable = true, expire = true }: StartOptions): Promise<EmbeddedDatabase> {
  const path = resolve(dir);
  const socketDir = chooseSocketDir();
  const lock = lockWritable(path, socketDir);
  const gate = gateMemory();
  const release = (): void => {
    closeGate(gate);
    process.off('exit', release);
    lock.release();
  };
  process.once('exit', release);
  try {
    mkdirSync(socketDir, { mode: 0o700 });
    const socketPath = join(socketDir, SOCKET_NAME);
    const worker = startWorker({ dir: path, socketPath, durable, expire, gate });
    await nextMessage(worker, 'listening');
    const uri = `mongodb://${encodeURIComponent(socketPath)}/?directConnection=true`;
    return { uri, stop: stopOnce(worker, release) };
  } catch (error) {
    release();
    throw error;
  }
}

function lockWritable(path: string, socketDir: string): DirectoryLock {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return lockDirectory(path, socketDir);
  } catch (error) {
    const reason = UNWRITABLE[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    throw new DirectoryNotWritable(
      `The data in ${path} cannot be written: ${reason}. Once it can, start again; nothing else has to be done.`,
      { cause: error },
    );
  }
}

const UNWRITABLE: Record<string, string> = {
  EROFS: 'its file system is mounted read-only',
  EACCES: 'this account may not write there',
  EPERM: 'this account may not write there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this account is used up',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'it is a file',
};

// A socket path has room for 107 bytes, and drivers compare addresses in lower case.
function chooseSocketDir(): string {
  const name = `skillroll-${randomBytes(6).toString('hex')}`;
  const path = join(tmpdir(), name);
  return Buffer.byteLength(join(path, SOCKET_NAME)) <= LONGEST_SOCKET_PATH ? path : join('/tmp', name);
}

function startWorker(options: ServerOptions): Worker {
  const settings = { workerData: options, name: 'embedded-db' };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./worker.js', import.meta.url), settings);
  // A worker does not inherit the loader that lets Node run TypeScript sources, so it registers its own first.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'));
  const loader = JSON.stringify(new URL('./esm/api/index.mjs', tsx).href);
  const entry = JSON.stringify(new URL('./worker.ts', import.meta.url).href);
  const bootstrap = `import(${loader}).then(({ register }) => (register(), import(${entry})))`;
  return new Worker(bootstrap, { ...settings, eval: true });
}

interface Message {
  readonly failed?: string;
}

function nextMessage(worker: Worker, wanted: string): Promise<void> {
  return new Promise((resolveMessage, reject) => {
    const onExit = (): void => reject(new Error(`the embedded database ended before it was ${wanted}`));
    worker.once('error', reject);
    worker.once('exit', onExit);
    worker.once('message', (message: Message) => {
      worker.off('error', reject);
      worker.off('exit', onExit);
      if (message.failed === undefined) resolveMessage();
      else reject(new Error(`the embedded database could not go on: ${message.failed}`));
    });
  });
}

function stopOnce(worker: Worker, release: () => void): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    try {
      const stopped = nextMessage(worker, 'stopped');
      worker.postMessage('stop');
      await stopped;
    } finally {
      await worker.terminate();
      release();
    }
  };
  return () => (stopping ??= stop());
}
