// npm run retention [-- --dry-run] [--data DIR] [--key FILE]: what is past its period goes now, or is only counted; a running
// server may serve the same folder meanwhile.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { developmentConfig } from '../config.ts';
import { createDeps } from '../deps.ts';
import { createLog } from '../log.ts';
import { readCipher } from '../persistence/cipher.ts';
import { connect } from '../persistence/connection.ts';
import { joinDatabase } from '../reach-database.ts';
import { applyRetention, type RetentionLine } from '../use-cases/retention/apply-retention.ts';
import { readArguments } from './arguments.ts';
import { runCommand } from './data-folder.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['dry-run', 'data', 'key', 'json']);
  const data = given.text('data');
  const mongodbUri = data === null ? (process.env.MONGODB_URI ?? null) : null;
  const dataDir = resolve(data ?? process.env.SKILLROLL_DATA ?? 'data/demo');
  const keyFile = given.text('key') ?? process.env.KEY_FILE ?? `${dataDir}.key`;
  if (mongodbUri === null && !existsSync(resolve(dataDir, 'data.mdb')))
    throw new Error(`There are no records in ${dataDir}. Name their folder with --data, or set MONGODB_URI.`);
  if (!existsSync(keyFile))
    throw new Error(`There is no key file at ${keyFile}. Name it with --key, or set KEY_FILE.`);
  const cipher = readCipher(keyFile);
  const dryRun = given.flag('dry-run');
  const database = await joinDatabase({ dataDir, mongodbUri });
  const connection = await connect(database.uri, database.name);
  try {
    const config = developmentConfig({ dataDir, mongodbUri, keyFile, sessionSecret: '' });
    const deps = await createDeps(config, connection, { cipher, log: createLog('silent') });
    const who = { accountId: 'system', name: 'command line' };
    const lines = await applyRetention(deps, { who, dryRun });
    if (given.flag('json')) console.log(JSON.stringify({ dryRun, kinds: lines }, null, 2));
    else printLines(lines, dryRun);
  } finally {
    await connection.close();
    await database.stop();
  }
});

function printLines(lines: readonly RetentionLine[], dryRun: boolean): void {
  console.log(dryRun ? 'Due today (nothing was changed):' : 'Done today:');
  const done = { delete: 'deleted', anonymise: 'made anonymous', list: 'listed, kept', keep: 'kept' };
  for (const { code, before, count, held, atTheEnd } of lines)
    console.log(
      `  ${code.padEnd(16)} last used before ${before}: ${count} ${dryRun ? 'due' : done[atTheEnd]}` +
        (held > 0 ? `, ${held} under a legal hold` : ''),
    );
}
