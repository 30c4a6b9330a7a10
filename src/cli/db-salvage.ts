// npm run db:salvage -- --data DIR --to NEW [--all]: writes all documents that can be read into a new folder.
import { salvageData } from '../embedded-db/maintenance/salvage.ts';
import { readArguments } from './arguments.ts';
import { dataFolder, keyReminder, namedFolder, printSome, runCommand } from './data-folder.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['data', 'to', 'all']);
  const dir = dataFolder(
    given,
    'There, a damaged member is emptied and takes its data from the others again.',
  );
  const to = namedFolder(given, 'to');
  const { collections, notes } = await salvageData(dir, to);
  for (const { ns, documents, fromLostPages } of collections) {
    const found = fromLostPages > 0 ? `, ${fromLostPages} of them from behind damaged pages` : '';
    console.log(`${ns}: ${documents} documents${found}`);
  }
  if (notes.length > 0) console.log('What was damaged or left out:');
  printSome(notes, console.log, 'db:salvage', given.flag('all'));
  console.log(`${dir} is as it was. Written to ${to}. ${keyReminder(dir)}`);
});
