// npm run scan [-- --seconds N --roles nobody,officer,centre]: the product on loopback over a small demo, scanned as each role
// by the scanners this machine has. SCANNERS names a folder of them that is not on the PATH.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve, type Served } from '../bench/serve-demo.ts';
import { reasonOf } from './explanations.ts';
import { runTool } from './run-tool.ts';
import { scanners, type Finding, type Scanner } from './scanners.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const argument = (name: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? null : process.argv[at + 1]!;
};
/** A scan acts as its role: those who close accounts and take roles away come last. */
const everybody = [
  ...['nobody', 'centre', 'centre-approver', 'evaluator', 'evaluator-approver', 'enterprise', 'reader'],
  ...['township', 'auditor', 'reviewer', 'officer', 'admin', 'security'],
];
const seconds = Number(argument('seconds') ?? 30);
const roles = argument('roles')?.split(',') ?? everybody;

async function presentScanners(): Promise<Scanner[]> {
  const present: Scanner[] = [];
  for (const scanner of scanners) {
    const [command, ...args] = scanner.version;
    const version = await runTool(command!, args, 60);
    const stated = /\d+(\.\d+)+\S*/.exec(version ?? '')?.[0];
    say(
      `${scanner.name}: ${stated === undefined ? `could not be had here (${scanner.from}); not run` : stated}`,
    );
    if (stated !== undefined) present.push(scanner);
  }
  return present;
}

const unfinished: string[] = [];

async function scanAs(served: Served, role: string, present: readonly Scanner[]): Promise<Finding[]> {
  const signedIn = role !== 'nobody';
  const cookie = signedIn ? `${await served.signIn(role)}; skillroll_lang=en` : 'skillroll_lang=en';
  const findings: Finding[] = [];
  for (const scanner of present) {
    const started = Date.now();
    // As nobody more is asked, and once.
    const target = { url: served.url, cookie, signedIn, seconds: signedIn ? seconds : 3 * seconds };
    const found = await scanTwice(scanner, target);
    if (found === null) {
      unfinished.push(`${role}, ${scanner.name}`);
      continue;
    }
    findings.push(...found);
    const took = Math.round((Date.now() - started) / 1_000);
    const home = await fetch(`${served.url}/home`, { headers: { cookie }, redirect: 'manual' });
    const health = await fetch(`${served.url}/health`);
    say(
      `${role}, ${scanner.name}: ${found.length} findings in ${took} s; health ${health.status}, ` +
        (home.status === 200 ? 'still signed in' : 'not signed in'),
    );
    if (health.status !== 200) throw new Error('The product no longer answers');
  }
  return findings;
}

/** The findings, or null where the scanner fell over twice: it keeps files of its own, which a busy machine lets it trip on. */
async function scanTwice(
  scanner: Scanner,
  target: Parameters<Scanner['scan']>[0],
): Promise<Finding[] | null> {
  for (const attempt of ['again', 'given up'])
    try {
      return await scanner.scan(target);
    } catch (error) {
      say(`${scanner.name} fell over, ${attempt}: ${(error as Error).message.trim().split('\n').pop()}`);
    }
  return null;
}

/** Prints every different finding with who met it, and returns how many have no explanation. */
function report(findings: readonly (Finding & { role: string })[]): number {
  const different = new Map<string, (Finding & { role: string })[]>();
  for (const one of findings) {
    const key = `${one.scanner}: ${one.text}`;
    different.set(key, [...(different.get(key) ?? []), one]);
  }
  let unexplained = 0;
  for (const [text, met] of different) {
    const reason = reasonOf(met[0]!);
    if (reason === null) unexplained += 1;
    const who = [...new Set(met.map(({ role }) => role))].join(', ');
    say(`${text} (${who}): ${reason === null ? 'NOT EXPLAINED' : `explained, ${reason}`}`);
  }
  say(`${different.size} different findings, ${unexplained} of them without an explanation.`);
  return unexplained;
}

const present = await presentScanners();
if (present.length === 0) {
  say('No scanner is on this machine: nothing was scanned.');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'skillroll-scan-data-'));
const served = await serve('src/cli/demo.ts', [
  ...['--data', join(folder, 'demo'), '--port', '4380', '--scale', '0.005'],
]);
const findings: (Finding & { role: string })[] = [];
try {
  for (const role of roles)
    findings.push(...(await scanAs(served, role, present)).map((one) => ({ ...one, role })));
} finally {
  await served.stop();
  rmSync(folder, { recursive: true, force: true });
}
const unexplained = report(findings);
for (const one of unfinished) say(`${one}: did not come to its end`);
process.exit(unexplained + unfinished.length > 0 ? 1 : 0);
