// Runs test files on a server that runs already, in a mocha of their own.
import { spawn } from 'node:child_process';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What came of the files; what they write goes on to the terminal. What does not end within `seconds` counts as one skipped. */
export async function runOnServer(
  uri: string,
  specs: readonly string[],
  { seconds, ignore = [] }: { seconds?: number; ignore?: readonly string[] } = {},
): Promise<Counts> {
  const args = [
    // One job would be none of its own for each file, and files are skipped by the file.
    ...['--parallel', '--jobs', '2', '--timeout', '120000'],
    ...['--reporter', './test/support/reporter.cjs', '--ignore', 'test/browser/**'],
    ...ignore.flatMap((file) => ['--ignore', file]),
    ...specs.flatMap((spec) => ['--spec', spec]),
  ];
  const child = spawn(process.execPath, ['node_modules/mocha/bin/mocha.js', ...args], {
    // Tests of the product's own settings would read the address.
    env: { ...process.env, MONGODB_URI: undefined, TEST_MONGODB_URI: uri },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(seconds === undefined ? {} : { timeout: seconds * 1000 }),
  });
  let out = '';
  const ends = Date.now() + (seconds ?? 0) * 1000;
  child.stdout.on('data', (part: Buffer) => {
    out += String(part);
    process.stdout.write(part);
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const summary = /(?:(\d+) skipped\n)?(\d+) passed, (\d+) failed\n$/.exec(out);
  const late = seconds !== undefined && Date.now() >= ends;
  if (!summary && late) {
    process.stdout.write(`skipped: these tests did not end within ${seconds} s\n`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  if (!summary) return { passed: 0, failed: 1, skipped: 0 };
  const [skipped = 0, passed = 0, failed = 0] = summary.slice(1).map((number) => Number(number ?? 0));
  return { passed, failed: failed === 0 && code !== 0 && !late ? 1 : failed, skipped };
}

/** The line that ends a run of checks. */
export function summaryOf({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
