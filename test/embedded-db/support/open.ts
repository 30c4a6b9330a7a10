// A server on a fresh directory with a connected driver, for one test file.
import mongoose from 'mongoose';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, type EmbeddedDatabase, type StartOptions } from '../../../src/embedded-db/index.ts';

const { MongoClient } = mongoose.mongo;
export type Client = InstanceType<typeof MongoClient>;
export type Db = ReturnType<Client['db']>;

type Collection = ReturnType<Db['collection']>;
/** A collection whose methods take anything: tests of the server go where the driver's types would not let them. */
export type LooseCollection = {
  [Name in keyof Collection]: Collection[Name] extends (...given: never[]) => infer Result
    ? (...given: unknown[]) => Result
    : Collection[Name];
};

export interface Opened {
  readonly dir: string;
  readonly server: EmbeddedDatabase;
  readonly client: Client;
  readonly db: Db;
  close(): Promise<void>;
}

/** Starts a server on a new directory; commits are not flushed one by one unless it is told so. */
export async function open(options: Omit<StartOptions, 'dir'> = {}): Promise<Opened> {
  const dir = mkdtempSync(join(tmpdir(), 'skillroll-test-'));
  const server = await start({ dir, durable: false, ...options });
  const client = await new MongoClient(server.uri).connect();
  return {
    dir,
    server,
    client,
    db: client.db('test'),
    close: async () => {
      await client.close();
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The error a promise fails with; it fails itself when there is none. */
export async function failure(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('this should have failed');
}
