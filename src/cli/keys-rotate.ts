// npm run keys:rotate [-- --data DIR --key FILE]: new keys for document numbers, mobiles, files and look-ups, while the
// application serves; run again after an interruption it goes on.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { commandLine } from '../domain/accounts/without-account.ts';
import { connect } from '../persistence/connection.ts';
import { createEvents } from '../persistence/events.ts';
import { createTransaction } from '../persistence/connection.ts';
import { newId } from '../persistence/ids.ts';
import { rotateKeys } from '../persistence/rotation/rotate-keys.ts';
import { joinDatabase } from '../reach-database.ts';
import { readArguments } from './arguments.ts';
import { runCommand } from './data-folder.ts';
import { showProgress } from './progress.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['data', 'key']);
  const data = given.text('data');
  const mongodbUri = data === null ? (process.env.MONGODB_URI ?? null) : null;
  const dataDir = resolve(data ?? process.env.SKILLROLL_DATA ?? 'data/demo');
  const keyFile = given.text('key') ?? process.env.KEY_FILE ?? `${dataDir}.key`;
  if (!existsSync(keyFile))
    throw new Error(`There is no key file at ${keyFile}. Name it with --key, or set KEY_FILE.`);
  if (mongodbUri === null && !existsSync(resolve(dataDir, 'data.mdb')))
    throw new Error(`There are no records in ${dataDir}. Name their folder with --data, or set MONGODB_URI.`);
  const database = await joinDatabase({ dataDir, mongodbUri });
  const connection = await connect(database.uri, database.name);
  try {
    const progress = showProgress('Bringing every encrypted value under the new keys');
    const { resumed, changed, kept } = await rotateKeys(connection, keyFile, {
      now: new Date(),
      onProgress: progress.show,
    });
    progress.end();
    const events = createEvents(connection, newId);
    await createTransaction(connection)(() =>
      events.record({
        what: 'keys.rotated',
        who: commandLine,
        about: { kind: 'keys', id: 'present' },
        when: new Date(),
        after: { documents: changed, resumed },
      }),
    );
    console.log(
      `${resumed ? 'A rotation that was interrupted is finished' : 'The keys are rotated'}: ${changed} documents were written anew.`,
    );
    for (const { keyId, uses } of kept)
      console.log(
        `The old look-up key ${keyId} stays for ${uses.join(' and ')}; the next rotation looks again.`,
      );
    console.log(`Back up ${keyFile} now: older backups of the data need the older file.`);
  } finally {
    await connection.close();
    await database.stop();
  }
});
