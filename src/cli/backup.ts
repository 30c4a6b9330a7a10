// npm run backup -- --data DIR --to NEW: a verified copy of the data, also while the application writes.
import { backupData } from '../embedded-db/maintenance/backup.ts';
import { readArguments } from './arguments.ts';
import { dataFolder, inWords, keyReminder, namedFolder, runCommand } from './data-folder.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['data', 'to']);
  const dir = dataFolder(
    given,
    'There, mongodump --uri "$SERVER_URI" --oplog --gzip --archive=FILE takes a consistent copy; SERVER_URI is that address without its database (docs/deployment.md, "Backup").',
  );
  const to = namedFolder(given, 'to');
  const { bytes, documents, at } = await backupData(dir, to, new Date());
  const total = Object.values(documents).reduce((sum, count) => sum + count, 0);
  console.log(
    `${to}: ${total} documents in ${Object.keys(documents).length} collections, ${inWords(bytes)}, as of ${at}, opened and checked.`,
  );
  console.log(keyReminder(dir));
});
