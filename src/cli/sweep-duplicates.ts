// npm run duplicates [-- --all] [--data DIR] [--key FILE]: compares persons on record and puts new pairs on the bureau's
// list; a running server may serve the same folder meanwhile.
import { runCommand } from './data-folder.ts';
import { readArguments } from './arguments.ts';
import { commandLine } from '../domain/accounts/without-account.ts';
import { withDeps } from './with-records.ts';
import { sweepDuplicates } from '../use-cases/people/sweep-duplicates.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['all', 'data', 'key', 'json']);
  await withDeps(given, async (deps) => {
    const done = await sweepDuplicates(deps, { who: commandLine, all: given.flag('all') });
    if (given.flag('json')) console.log(JSON.stringify(done, null, 2));
    else console.log(`${done.compared} persons compared, ${done.found} new pairs on the bureau's list.`);
  });
});
