// `npm run conformance`: MongoDB's own driver tests against the embedded server, per suite, with a reason for each that does
// not pass. `--all` names every such test.
import { runCorpus } from './bson-corpus.ts';
import { NO_SPECIFICATIONS, specificationsFolder } from './folder.ts';
import { openPlace } from './open-place.ts';
import { REASONS } from './reasons.ts';
import { runSuite, type SuiteResult, type Unpassed } from './run-suite.ts';
import { CORPUS_FLOOR, FLOORS } from './suites.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function byReason(unpassed: readonly Unpassed[], outcome: Unpassed['outcome']): string {
  const counts = new Map<string, number>();
  for (const one of unpassed)
    if (one.outcome === outcome) {
      const reason = one.reason ?? 'UNEXPLAINED';
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `${reason} ${count}`);
  return `${total} ${outcome}${total === 0 ? '' : ` (${parts.join(', ')})`}`;
}

function report({ suite, passed, unpassed }: SuiteResult, floor: number): boolean {
  say(`${suite}: ${passed} passed, ${byReason(unpassed, 'failed')}, ${byReason(unpassed, 'skipped')}`);
  const all = process.argv.includes('--all');
  const unexplained = unpassed.filter(({ reason }) => reason === null);
  for (const { test, outcome, said, reason } of all ? unpassed : unexplained)
    say(`  ${outcome} ${test}: ${reason ?? 'UNEXPLAINED'}: ${said}`);
  if (passed < floor) say(`  below the floor of ${floor}`);
  return passed >= floor && unexplained.length === 0;
}

const specifications = specificationsFolder();
if (specifications === null) say(NO_SPECIFICATIONS);
else {
  const place = await openPlace();
  let holds = true;
  try {
    for (const [suite, floor] of Object.entries(FLOORS))
      holds = report(await runSuite(specifications, suite, place), floor) && holds;
    holds = report(await runCorpus(specifications, place.uri), CORPUS_FLOOR) && holds;
  } finally {
    await place.close();
  }
  say(
    `reasons: ${Object.entries(REASONS)
      .map(([reason, why]) => `${reason} = ${why}`)
      .join('; ')}`,
  );
  if (!holds) process.exitCode = 1;
}
