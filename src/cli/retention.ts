// npm run retention [-- --dry-run] [--data DIR] [--key FILE]: what is past its period goes now, or is only counted; a running
// server may serve the same folder meanwhile.
import { commandLine } from '../domain/accounts/without-account.ts';
import { demoKinds } from '../recurring-works.ts';
import { applyRetention, type RetentionLine } from '../use-cases/retention/apply-retention.ts';
import { readArguments } from './arguments.ts';
import { runCommand } from './data-folder.ts';
import { withDeps } from './with-records.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['dry-run', 'data', 'key', 'json']);
  const dryRun = given.flag('dry-run');
  await withDeps(given, async (deps) => {
    if (deps.demo) console.error('These are the records of a demo, in which only files come to their end.');
    const only = deps.demo ? { only: demoKinds } : {};
    const lines = await applyRetention(deps, { who: commandLine, dryRun, ...only });
    if (given.flag('json')) console.log(JSON.stringify({ dryRun, kinds: lines }, null, 2));
    else printLines(lines, dryRun);
  });
});

function printLines(lines: readonly RetentionLine[], dryRun: boolean): void {
  console.log(dryRun ? 'Due today (nothing was changed):' : 'Done today:');
  const done = { delete: 'deleted', anonymise: 'made anonymous', list: 'listed, kept', keep: 'kept' };
  for (const { code, before, count, held, atTheEnd } of lines)
    console.log(
      `  ${code.padEnd(16)} last used before ${before}: ${count} ${dryRun ? 'due' : done[atTheEnd]}` +
        (held > 0 ? `, ${held} under a legal hold` : ''),
    );
}
