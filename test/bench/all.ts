// npm run bench [-- NAME… --data DIR --events N --write]: ratios against named baselines, each pair measured in turns of one run.
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { benchSecurityChain, benchSignIn } from './access.ts';
import { benchAuditAppend, benchAuditVerify } from './audit.ts';
import { benchCertificates, benchPrintFile } from './certificates.ts';
import { benchDryRun } from './dry-run.ts';
import { benchHeadcounts } from './headcounts.ts';
import { benchImport } from './import.ts';
import type { Measured } from './measure.ts';
import { benchColdStart, benchPages } from './pages.ts';
import { inOneLine, writeTable } from './table.ts';
import { readDemoMarker } from '../../src/demo-marker.ts';
import { mochaHooks } from '../support/database.ts';

const given = process.argv.slice(2);
const valueOf = (name: string) => (given.includes(name) ? given[given.indexOf(name) + 1] : undefined);
const wanted = given.filter(
  (one, at) => !one.startsWith('--') && !['--data', '--events'].includes(given[at - 1] ?? ''),
);
const say = (line: string) => process.stdout.write(`${line}\n`);

let made: string | null = null;

/** The demo folder given, else a small one made for this run. */
function demoFolder(): string {
  const named = valueOf('--data');
  if (named !== undefined) return named;
  if (made === null) {
    made = mkdtempSync(join(tmpdir(), 'skillroll-bench-'));
    say('Making a small demo year: name a full one with --data DIR.');
    const args = ['--import', 'tsx', 'src/cli/demo.ts', '--scale', '0.02', '--seed-only'];
    const ran = spawnSync(process.execPath, [...args, '--data', join(made, 'year')]);
    if (ran.status !== 0) throw new Error(String(ran.stderr));
  }
  return join(made, 'year');
}

const benches: Record<string, () => Promise<Measured[]>> = {
  import: async () => [await benchImport(5_000)],
  'dry-run': async () => [await benchDryRun(50_000)],
  certificates: async () => [await benchCertificates(400), await benchPrintFile(1_000)],
  counting: async () => {
    const { rows, tableMs, naiveMs, ratio } = benchHeadcounts(52_000);
    return [
      {
        name: `cross-table over ${rows} rows`,
        result: `${tableMs.toFixed(1)} ms`,
        baseline: `${naiveMs.toFixed(1)} ms with a set a cell`,
        ratio: `${ratio.toFixed(0)} times faster`,
        goal: 'at least 10 times',
        met: ratio >= 10,
      },
    ];
  },
  audit: async () => [
    await benchAuditAppend(1_000),
    await benchAuditVerify(Number(valueOf('--events') ?? 50_000)),
    await benchAuditVerify(10_000, 2),
  ],
  access: async () => [await benchSignIn(10), await benchSecurityChain(50, 200)],
  pages: () => benchPages(demoFolder(), 10),
  start: async () => [await benchColdStart(demoFolder(), 5)],
};

async function run(): Promise<void> {
  const unknown = wanted.filter((one) => benches[one] === undefined);
  if (unknown.length > 0)
    throw new Error(`${unknown.join(', ')}: known are ${Object.keys(benches).join(', ')}.`);
  const results: Measured[] = [];
  for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) {
    for (const one of await benches[name]!()) {
      results.push(one);
      say(inOneLine(one));
    }
  }
  if (given.includes('--write')) write(results);
}

/** Writes the table of docs/benchmarks.md anew. */
function write(results: readonly Measured[]): void {
  writeTable('measured', `demo year at scale ${readDemoMarker(demoFolder())?.scale ?? 0}`, results);
}

run()
  .catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  })
  .finally(async () => {
    await mochaHooks.afterAll();
    if (made !== null) rmSync(made, { recursive: true, force: true });
    process.exit();
  });
