// npm run db:compact -- --data DIR: makes the file as small as its contents, while the application is stopped.
import { compactData } from '../embedded-db/maintenance/compact.ts';
import { readArguments } from './arguments.ts';
import { dataFolder, inWords, runCommand } from './data-folder.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['data']);
  const dir = dataFolder(
    given,
    'There, the compact command does this, one collection and one member at a time.',
  );
  const { before, after } = await compactData(dir);
  console.log(`${dir}: ${inWords(before)} before, ${inWords(after)} now.`);
});
