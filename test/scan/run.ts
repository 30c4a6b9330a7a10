// npm run scan [-- --seconds N --roles officer,centre]: the product on loopback over a small demo, scanned as each role by the
// scanners this machine has. SCANNERS names a folder of them that is not on the PATH.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../bench/serve-demo.ts';
import { run, scanners, type Finding } from './scanners.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const argument = (name: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? null : process.argv[at + 1]!;
};
/** Findings that are so, and why they stay. */
const explained: readonly (readonly [RegExp, string])[] = [
  [
    /Secure flag is not set in the cookie/,
    'the scan goes over loopback without TLS; over TLS each cookie is __Host- and Secure',
  ],
];
const seconds = Number(argument('seconds') ?? 60);
const everybody = [
  '',
  'centre',
  'centre-approver',
  'evaluator',
  'evaluator-approver',
  'enterprise',
  'officer',
  'reviewer',
  'reader',
  'township',
  'admin',
  'security',
  'auditor',
];
const roles = argument('roles')?.split(',') ?? everybody;

const present = scanners.filter(({ name, from, version: [command, ...args] }) => {
  const version = run(command!, args, 60);
  say(
    version === null
      ? `${name}: could not be had here (${from}); not run`
      : `${name}: ${version.trim().split('\n').pop()}`,
  );
  return version !== null;
});
const folder = mkdtempSync(join(tmpdir(), 'skillroll-scan-data-'));
const findings: (Finding & { role: string })[] = [];
const served = await serve('src/cli/demo.ts', [
  '--data',
  join(folder, 'demo'),
  '--port',
  '4380',
  '--scale',
  '0.005',
]);
try {
  for (const role of roles) {
    const cookie = role === '' ? 'skillroll_lang=en' : await served.signIn(role);
    for (const scanner of present) {
      const found = scanner.scan({ url: served.url, cookie, seconds });
      findings.push(...found.map((one) => ({ ...one, role })));
      // The scanner held this process: let it notice which of its connections were closed meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 500));
      for (const { text } of found) say(`  ${text}`);
      const alive = (await fetch(`${served.url}/health`)).status;
      say(`${role === '' ? 'nobody' : role}, ${scanner.name}: ${found.length} findings; health ${alive}`);
    }
  }
} finally {
  await served.stop();
  rmSync(folder, { recursive: true, force: true });
}
const different = new Map<string, string[]>();
for (const { scanner, text, role } of findings) {
  const key = `${scanner}: ${text}`;
  different.set(key, [...(different.get(key) ?? []), role || 'nobody']);
}
let unexplained = 0;
for (const [text, by] of different) {
  const reason = explained.find(([pattern]) => pattern.test(text))?.[1];
  if (reason === undefined) unexplained += 1;
  say(`${text} (${[...new Set(by)].join(', ')})${reason === undefined ? '' : `: explained, ${reason}`}`);
}
say(`${different.size} different findings, ${unexplained} of them without an explanation.`);
process.exit(unexplained > 0 || present.length === 0 ? 1 : 0);
