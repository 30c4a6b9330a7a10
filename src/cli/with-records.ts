// A command's work on the records of a folder or a MongoDB, beside a running server or alone.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { developmentConfig } from '../config.ts';
import { createDeps, type Deps } from '../deps.ts';
import { createLog } from '../log.ts';
import { readCipher } from '../persistence/cipher.ts';
import { connect } from '../persistence/connection.ts';
import { joinDatabase } from '../reach-database.ts';
import type { Arguments } from './arguments.ts';

/** Does the work with --data DIR or MONGODB_URI and --key FILE; throws a sentence when records or key are not there. */
export async function withRecords(given: Arguments, work: (deps: Deps) => Promise<void>): Promise<void> {
  const data = given.text('data');
  const mongodbUri = data === null ? (process.env.MONGODB_URI ?? null) : null;
  const dataDir = resolve(data ?? process.env.SKILLROLL_DATA ?? 'data/demo');
  const keyFile = given.text('key') ?? process.env.KEY_FILE ?? `${dataDir}.key`;
  if (mongodbUri === null && !existsSync(resolve(dataDir, 'data.mdb')))
    throw new Error(`There are no records in ${dataDir}. Name their folder with --data, or set MONGODB_URI.`);
  if (!existsSync(keyFile))
    throw new Error(`There is no key file at ${keyFile}. Name it with --key, or set KEY_FILE.`);
  const cipher = readCipher(keyFile);
  const database = await joinDatabase({ dataDir, mongodbUri });
  const connection = await connect(database.uri, database.name);
  try {
    const config = developmentConfig({ dataDir, mongodbUri, keyFile, sessionSecret: '' });
    await work(await createDeps(config, connection, { cipher, log: createLog('silent') }));
  } finally {
    await connection.close();
    await database.stop();
  }
}
