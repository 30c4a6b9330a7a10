// npm run db:stats -- --data DIR: how much each collection and index holds.
import { dataStats } from '../embedded-db/maintenance/stats.ts';
import { readArguments } from './arguments.ts';
import { dataFolder, inWords, runCommand } from './data-folder.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['data']);
  const dir = dataFolder(given, 'There, mongosh shows sizes with db.stats() and db.NAME.stats().');
  const { bytes, bytesFree, bytesDropped, collections, damaged } = await dataStats(dir);
  for (const { name, entries, bytes: size, indexes } of collections) {
    console.log(`${name}: ${entries} documents, ${inWords(size)}`);
    for (const index of indexes)
      console.log(`  ${index.name}: ${index.entries} entries, ${inWords(index.bytes)}`);
  }
  if (bytesDropped > 0) console.log(`dropped and not yet removed: ${inWords(bytesDropped)}`);
  console.log(`The file has ${inWords(bytes)}, of which ${inWords(bytesFree)} are free for new data.`);
  if (!damaged) return;
  console.error(
    'The data is damaged, and what lies behind the damage is missing here. What it is, is said by: npm run db:check -- --data DIR.',
  );
  process.exitCode = 1;
});
