// npm run keys:rotate [-- --data DIR --key FILE]: new keys for document numbers, mobiles, files and look-ups, while the
// application serves; run again after an interruption it goes on.
import { commandLine } from '../domain/accounts/without-account.ts';
import { createEvents } from '../persistence/events.ts';
import { createTransaction, type Connection } from '../persistence/connection.ts';
import { newId } from '../persistence/ids.ts';
import { openKeys } from '../persistence/open-keys.ts';
import { rotateKeys, type Rotation } from '../persistence/rotation/rotate-keys.ts';
import { readArguments } from './arguments.ts';
import { runCommand } from './data-folder.ts';
import { showProgress } from './progress.ts';
import { neededKeyFile, withRecords } from './with-records.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['data', 'key']);
  const keyFile = neededKeyFile(given);
  await withRecords(given, async (connection) => {
    await openKeys(connection, keyFile);
    const progress = showProgress('Bringing every encrypted value under the new keys');
    const rotation = await rotateKeys(connection, keyFile, { now: new Date(), onProgress: progress.show });
    progress.end();
    await record(connection, rotation);
    console.log(
      `${rotation.resumed ? 'A rotation that was interrupted is finished' : 'The keys are rotated'}: ${rotation.changed} documents were written anew.`,
    );
    for (const { keyId, uses } of rotation.kept)
      console.log(
        `The old look-up key ${keyId} stays for ${uses.join(' and ')}; the next rotation looks again.`,
      );
    console.log(`Back up ${keyFile} now: older backups of the data need the older file.`);
  });
});

async function record(connection: Connection, { changed, resumed }: Rotation): Promise<void> {
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
}
