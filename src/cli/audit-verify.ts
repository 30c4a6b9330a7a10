// npm run audit:verify [-- --data DIR --checkpoint FILE --public-key FILE]: whether the trail is as it was sealed; exit code 1
// when anything is wrong.
import { existsSync } from 'node:fs';
import type { Fault } from '../domain/trail/judge-chain.ts';
import { readCheckpoints } from '../persistence/trail/checkpoint-files.ts';
import { publicKeyFile, readPublicKey } from '../persistence/trail/signing-key.ts';
import { verifyTrail, type TrailReport } from '../persistence/trail/verify-trail.ts';
import { readArguments, type Arguments } from './arguments.ts';
import { runCommand } from './data-folder.ts';
import { keyFileOf, withRecords } from './with-records.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['data', 'checkpoint', 'public-key']);
  const witnessed = checkpoints(given);
  const report = await withRecords(given, (connection) =>
    verifyTrail(connection, { witnessed, now: new Date() }),
  );
  const wrong = inWords(report);
  for (const sentence of wrong) console.log(sentence);
  if (wrong.length > 0) {
    process.exitCode = 1;
    return;
  }
  console.log(`The trail is whole: ${report.read} events, the last one ${report.last.hash}.`);
  if (witnessed.length > 0)
    console.log(
      `It agrees with ${witnessed.length === 1 ? 'the checkpoint' : `${witnessed.length} checkpoints`}.`,
    );
});

function checkpoints(given: Arguments) {
  const path = given.text('checkpoint');
  if (path === null) {
    if (given.flag('public-key')) throw new Error('--public-key needs --checkpoint.');
    return [];
  }
  const publicKey = publicKeyOf(given);
  if (publicKey === null)
    console.log('No public key was found, so who signed was not checked: name it with --public-key FILE.');
  return readCheckpoints(path, publicKey);
}

function publicKeyOf(given: Arguments): string | null {
  const named = given.text('public-key');
  if (named !== null) return readPublicKey(named);
  const keyFile = keyFileOf(given);
  if (keyFile === null || !existsSync(publicKeyFile(keyFile))) return null;
  return readPublicKey(publicKeyFile(keyFile));
}

function inWords({ fault, headGone, late, astray, unaccounted, last }: TrailReport): string[] {
  return [
    ...(fault === null
      ? []
      : [
          explain(fault),
          last.number === 0 ? 'No event before it holds.' : `The trail holds up to number ${last.number}.`,
        ]),
    ...(headGone ? ['The note of how far the trail reaches is gone from the database.'] : []),
    ...(late === null
      ? []
      : [
          `Unsealed for more than 10 seconds: ${late.count} events, one of them ${late.firstId}. Does the application run?`,
        ]),
    ...(astray === null
      ? []
      : [`Neither sealed nor waiting to be: ${astray.count} events, one of them ${astray.firstId}.`]),
    ...unaccounted.map(([name, count]) =>
      count > 0
        ? `In ${name} records have had ${count} more versions than events tell of: they were written past the trail.`
        : `In ${name} events tell of ${-count} versions that no record has: records were taken away or set back past the trail.`,
    ),
  ];
}

function explain(fault: Fault): string {
  switch (fault.kind) {
    case 'altered':
      return `Number ${fault.number} was altered, or events before it were taken out and the rest numbered anew: event ${fault.eventId} is not what was sealed there.`;
    case 'missing':
      return `Missing: ${range(fault)}.`;
    case 'inserted':
      return `Inserted at number ${fault.number}: event ${fault.eventId} was not sealed there.`;
    case 'reordered':
      return `Out of order at number ${fault.number}: event ${fault.otherId} was sealed there, now event ${fault.eventId} stands in its place.`;
    case 'truncated':
      return `Missing at the end: ${range(fault)}.`;
    case 'rewritten':
      return `The trail up to number ${fault.number} was written anew: another hash was witnessed there.`;
  }
}

function range({ number, until }: { number: number; until: number }): string {
  return number === until ? `number ${number}` : `numbers ${number} to ${until}`;
}
