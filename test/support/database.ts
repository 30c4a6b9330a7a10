// A database of its own for each test file: on the embedded server, or on the one TEST_MONGODB_URI names.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type Connection, type Schema } from 'mongoose';
import { connect } from '../../src/persistence/connection.ts';
import { reasonToSkip } from './embedded-only.ts';

// Tests live in their own time, and expiry goes by the machine's: within a minute it would end a sign-in of 2021. The embedded
// server is told not to expire; another one must not hear of it.
const given = process.env.TEST_MONGODB_URI;
if (given !== undefined) mongoose.plugin(keepForEver);

function keepForEver(schema: Schema): void {
  const indexes = schema.indexes();
  schema.clearIndexes();
  for (const [fields, options] of indexes) {
    const kept: Record<string, unknown> = { ...options };
    delete kept['expireAfterSeconds'];
    schema.index(fields, kept);
  }
}

let shared: Promise<string> | null = null;
const open = new Set<Connection>();
let serial = 0;

async function startServer(): Promise<string> {
  if (given !== undefined) return given;
  const { start } = await import('../../src/embedded-db/index.ts');
  const dir = mkdtempSync(join(tmpdir(), 'skillroll-test-'));
  const { uri } = await start({ dir, durable: false, expire: false });
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  return uri;
}

/**
 * One server for each process, through all its files and to its end: a new one would compile its code anew. One database for
 * each caller; `drop` empties and closes it.
 */
export async function openTestDatabase(): Promise<{
  connection: Connection;
  uri: string;
  drop: () => Promise<void>;
}> {
  const name = nameOfCaller();
  shared ??= startServer();
  const uri = await shared;
  serial += 1;
  const connection = await connect(uri, `${name}-${process.pid}-${serial}`);
  open.add(connection);
  return { connection, uri, drop: () => drop(connection) };
}

/** Which test file opens a database: a name of at most 46 characters, since a database's has at most 63. */
function nameOfCaller(): string {
  const [, path = ''] = /\/test\/(?!support\/)(.+?)\.test\.[jt]s/.exec(new Error().stack ?? '') ?? [];
  return `test-${path.replaceAll(/[^a-z-]+/gi, '-').slice(-40)}`;
}

async function drop(connection: Connection): Promise<void> {
  if (!open.delete(connection)) return;
  await connection.dropDatabase();
  await connection.close();
}

export const mochaHooks = {
  beforeAll(this: Mocha.Context) {
    if (given === undefined) return;
    // With --parallel this begins each file.
    const files = this.test?.parent?.suites.map(({ file }) => file) ?? [];
    if (files.length > 0 && files.every((file) => file !== undefined && reasonToSkip(file) !== null))
      this.skip();
  },
  async afterAll() {
    // What a test that failed half-way left open.
    for (const connection of open) await drop(connection);
  },
};
