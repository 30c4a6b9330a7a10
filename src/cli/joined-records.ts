// The records a command works on: those of --data, MONGODB_URI or SKILLROLL_DATA, also while the application serves them.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connect, type Connection } from '../persistence/connection.ts';
import { joinDatabase } from '../reach-database.ts';
import type { Arguments } from './arguments.ts';

/** Runs work over the records' connection; throws a sentence when there are none. */
export async function withRecords<T>(
  given: Arguments,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const named = given.text('data');
  const mongodbUri = named ? null : process.env.MONGODB_URI || null;
  const folder = named || process.env.SKILLROLL_DATA;
  if (mongodbUri === null && !folder)
    throw new Error('Say which records: --data DIR, SKILLROLL_DATA or MONGODB_URI.');
  const dataDir = resolve(folder || '.');
  if (mongodbUri === null && !existsSync(join(dataDir, 'data.mdb')))
    throw new Error(`There are no records in ${dataDir}. Name their folder with --data, or set MONGODB_URI.`);
  const database = await joinDatabase({ dataDir, mongodbUri });
  try {
    const connection = await connect(database.uri, database.name);
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  } finally {
    await database.stop();
  }
}

/** The key file of the records: KEY_FILE, or the one beside the folder. */
export function keyFileOf(given: Arguments): string | null {
  if (process.env.KEY_FILE) return process.env.KEY_FILE;
  const folder = given.text('data') || process.env.SKILLROLL_DATA;
  return folder ? `${resolve(folder)}.key` : null;
}
