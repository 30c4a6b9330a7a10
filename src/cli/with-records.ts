// The records a command works on, also while the application serves them, by one rule: --data DIR, else MONGODB_URI, else
// SKILLROLL_DATA, else the demo. The key file is --key FILE, else KEY_FILE, else the one beside the folder.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { developmentConfig } from '../config.ts';
import { readDemoMarker } from '../demo-marker.ts';
import { createDeps, type Deps } from '../deps.ts';
import { createLog } from '../log.ts';
import { connect, type Connection } from '../persistence/connection.ts';
import { isDemo } from '../persistence/demo-mark.ts';
import { openKeys } from '../persistence/open-keys.ts';
import { joinDatabase, type DatabasePlace } from '../reach-database.ts';
import type { Arguments } from './arguments.ts';

const demoFolder = 'data/demo';

/** Does the work over the records' connection; throws a sentence when there are none. */
export function withRecords<T>(given: Arguments, work: (connection: Connection) => Promise<T>): Promise<T> {
  const place = placeOf(given);
  if (place.mongodbUri === null && folderNamed(given) === null)
    console.error(`No records were named, so these are the demo's in ${demoFolder}.`);
  return withDatabase(place, work);
}

/** The same with all parts of the product, opened with the records' keys. */
export function withDeps<T>(given: Arguments, work: (deps: Deps) => Promise<T>): Promise<T> {
  const keyFile = neededKeyFile(given);
  return withRecords(given, async (connection) => {
    const cipher = await openKeys(connection, keyFile);
    const config = developmentConfig({ keyFile, sessionSecret: '' });
    const { dataDir } = placeOf(given);
    const demo = (dataDir !== null && readDemoMarker(dataDir) !== null) || (await isDemo(connection.db!));
    return work(await createDeps(config, connection, { cipher, demo, log: createLog('silent') }));
  });
}

/** The key file of the records, or null for a MongoDB without one named. */
export function keyFileOf(given: Arguments): string | null {
  const { dataDir } = placeOf(given);
  return given.text('key') || process.env.KEY_FILE || (dataDir === null ? null : `${dataDir}.key`);
}

/** The same; throws a sentence when none is named. */
export function neededKeyFile(given: Arguments): string {
  const keyFile = keyFileOf(given);
  if (keyFile === null) throw new Error('Say which key file: KEY_FILE.');
  return keyFile;
}

/** Does the work over a connection to the database of a place, which may be served meanwhile. */
export async function withDatabase<T>(
  place: DatabasePlace,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const database = await joinDatabase(place);
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

/** Whether a folder holds the embedded database. */
export const holdsData = (dir: string): boolean => existsSync(join(dir, 'data.mdb'));

function placeOf(given: Arguments): DatabasePlace {
  if (given.text('data') === '') throw new Error('Say which folder: --data DIR.');
  const mongodbUri = given.flag('data') ? null : process.env.MONGODB_URI || null;
  if (mongodbUri !== null) return { dataDir: null, mongodbUri };
  const named = folderNamed(given);
  const dataDir = resolve(named ?? demoFolder);
  if (holdsData(dataDir)) return { dataDir, mongodbUri };
  throw new Error(
    named === null
      ? 'Say which records: --data DIR, SKILLROLL_DATA or MONGODB_URI.'
      : `There are no records in ${dataDir}. Name their folder with --data, or set MONGODB_URI.`,
  );
}

const folderNamed = (given: Arguments): string | null =>
  given.text('data') ?? (process.env.SKILLROLL_DATA || null);
