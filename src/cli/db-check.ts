// npm run db:check -- --data DIR [--all]: pages, documents and index entries; exit code 1 when anything is wrong.
import { checkData } from '../embedded-db/maintenance/check.ts';
import { readArguments } from './arguments.ts';
import { dataFolder, inWords, printSome, runCommand } from './data-folder.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['data', 'all']);
  const dir = dataFolder(given, 'There, mongosh checks a collection with db.NAME.validate({ full: true }).');
  const { bytes, pageSize, pagesFree, collections, errors } = await checkData(dir);
  for (const { ns, readable, unreadable, entries } of collections) {
    const lost = unreadable > 0 ? `, ${unreadable} cannot be read` : '';
    console.log(`${ns}: ${readable} documents can be read${lost}, ${entries} index entries`);
  }
  console.log(`${inWords(bytes)}, of which ${inWords(pagesFree * pageSize)} are free for new data`);
  if (errors.length === 0) return console.log('Nothing is wrong.');
  console.log(`${errors.length} faults:`);
  printSome(errors, console.log, 'db:check', given.flag('all'));
  console.log(
    'What can be read is written to a new folder by: npm run db:salvage -- --data DIR --to NEW. A backup may hold the rest.',
  );
  process.exitCode = 1;
});
