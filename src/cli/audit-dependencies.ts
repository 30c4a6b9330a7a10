// npm run audit:dependencies: known faults of what is installed, less the exceptions docs/security.md gives reasons for.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readExceptions, unexplained, type Advisory } from './audit-exceptions.ts';

const exceptions = readExceptions(readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8'));
const ran = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', shell: process.platform === 'win32' });
const report = readReport(ran.stdout);
if (report === null) {
  console.error(
    'No answer about known faults: the registry’s audit service was not reached, or does not answer.',
  );
  console.error(reasonOf(ran.stdout) || ran.stderr.trim() || 'npm audit gave no reason.');
  console.error('Nothing was checked. Run it where npm audit has an answer.');
  process.exit(2);
}
const open = unexplained(report, exceptions, new Date().toISOString().slice(0, 10));
for (const one of open) console.error(`${one.severity}: ${one.package} ${one.id} ${one.title}`);
console.log(
  open.length === 0
    ? `No known fault without a reason; ${exceptions.length} exceptions stand in docs/security.md.`
    : `${open.length} known faults without a reason in docs/security.md.`,
);
process.exit(open.length === 0 ? 0 : 1);

/** What npm says of an audit that failed, or '' when it says nothing. */
function reasonOf(text: string): string {
  try {
    const { message, error } = JSON.parse(text) as { message?: string; error?: { summary?: string } };
    return message ?? error?.summary ?? '';
  } catch {
    return '';
  }
}

/** The advisories of npm's report, or null when it holds none because nothing was asked. */
function readReport(text: string): Advisory[] | null {
  try {
    const { vulnerabilities } = JSON.parse(text) as {
      vulnerabilities?: Record<
        string,
        { via: (string | { source: number; title: string; severity: string; url: string })[] }
      >;
    };
    if (vulnerabilities === undefined) return null;
    return Object.entries(vulnerabilities).flatMap(([name, { via }]) =>
      via.flatMap((one) =>
        typeof one === 'string'
          ? []
          : [{ package: name, id: one.url.split('/').pop() ?? '', title: one.title, severity: one.severity }],
      ),
    );
  } catch {
    return null;
  }
}
