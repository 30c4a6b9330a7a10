// npm run audit:checkpoint [-- --data DIR --to FOLDER]: writes a signed checkpoint of the trail now, beside the daily ones.
import { resolve } from 'node:path';
import { writeCheckpoint } from '../persistence/trail/checkpoint-files.ts';
import { openSigner } from '../persistence/trail/signing-key.ts';
import { writingTo } from '../embedded-db/place-refused.ts';
import { createTrail } from '../persistence/trail/trail.ts';
import { readArguments } from './arguments.ts';
import { runCommand } from './data-folder.ts';
import { neededKeyFile, withRecords } from './with-records.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['data', 'to']);
  const folder = given.text('to') || process.env.TRAIL_CHECKPOINTS;
  if (!folder) throw new Error('Say where to: --to FOLDER, or TRAIL_CHECKPOINTS.');
  const keyFile = neededKeyFile(given);
  const head = await withRecords(given, (connection) => createTrail(connection).head());
  if (head === null || head.number === 0) throw new Error('No event is sealed yet.');
  const now = new Date();
  const name = `checkpoint-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  const place = resolve(folder);
  const signer = await writingTo(`The signing key beside ${keyFile}`, async () => openSigner(keyFile));
  const path = await writingTo(place, async () => writeCheckpoint(place, name, { signer, head, now }));
  console.log(`${path}: the trail reaches number ${head.number}.`);
  console.log('Keep it, and the public key beside it, where whoever writes the database cannot write.');
});
