// npm run restore -- --from BACKUP --data DIR: brings a backup into an empty folder.
import { restoreData } from '../embedded-db/maintenance/backup.ts';
import { readArguments } from './arguments.ts';
import { dataFolder, namedFolder, runCommand } from './data-folder.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['from', 'data']);
  const dir = dataFolder(
    given,
    'There, mongorestore --uri "$SERVER_URI" --oplogReplay --gzip --archive=FILE brings a copy back; SERVER_URI is that address without its database (docs/deployment.md, "Backup").',
  );
  const from = namedFolder(given, 'from');
  const { documents, at } = await restoreData(from, dir);
  const total = Object.values(documents).reduce((sum, count) => sum + count, 0);
  console.log(`${dir}: ${total} documents as they were at ${at}.`);
  console.log(
    `Start the application with SKILLROLL_DATA=${dir} and the key file of that time in KEY_FILE${process.env.KEY_FILE ? ` (now ${process.env.KEY_FILE})` : ''}: it is not in the backup.`,
  );
});
