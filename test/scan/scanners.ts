// Scanners that others wrote, run with bounds against one address; each is a tool of the machine, none is installed by npm.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Finding {
  readonly scanner: string;
  /** As the scanner names it, with where. */
  readonly text: string;
}

export interface Scanner {
  readonly name: string;
  /** How it is had. */
  readonly from: string;
  readonly version: readonly string[];
  scan(target: { url: string; cookie: string; seconds: number }): Finding[];
}

const path = [process.env.SCANNERS ?? '', process.env.PATH ?? ''].filter(Boolean).join(delimiter);

/** Runs a tool; null when the machine has none of that name. */
export function run(command: string, args: readonly string[], seconds: number): string | null {
  const ran = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
    timeout: seconds * 1_000,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 1024 * 1024,
    input: '',
  });
  return (ran.error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT' ? null : ran.stdout + ran.stderr;
}

/** Runs `work` with a folder of its own, which is removed. */
function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'skillroll-scan-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const wapiti: Scanner = {
  name: 'wapiti',
  from: 'wapiti3 of PyPI',
  version: ['wapiti', '--version'],
  scan: ({ url, cookie, seconds }) =>
    inFolder((folder) => {
      const report = join(folder, 'report.json');
      const args = [
        '-u',
        `${url}/`,
        '--scope',
        'folder',
        '--flush-session',
        '--store-session',
        folder,
        '-f',
        'json',
        '-o',
        report,
      ];
      const bounds = [
        '--max-scan-time',
        String(seconds),
        '--max-attack-time',
        String(Math.ceil(seconds / 3)),
        '--max-links-per-page',
        '30',
        '-d',
        '3',
        '--tasks',
        '2',
      ];
      run(
        'wapiti',
        [
          ...args,
          ...bounds,
          '-m',
          'all',
          '-x',
          `${url}/session/end`,
          '--drop-set-cookie',
          '-C',
          cookie,
          '-v',
          '0',
          '--no-bugreport',
        ],
        seconds * 10 + 120,
      );
      const { vulnerabilities = {}, anomalies = {} } = readJson(report);
      return [...Object.entries(vulnerabilities), ...Object.entries(anomalies)].flatMap(([kind, found]) =>
        found.map((one) => ({
          scanner: 'wapiti',
          text: `level ${one.level}: ${kind}, ${one.method} ${one.path}: ${one.info}`,
        })),
      );
    }),
};

type WapitiReport = Partial<
  Record<
    'vulnerabilities' | 'anomalies',
    Record<string, { level: number; method: string; path: string; info: string }[]>
  >
>;

function readJson(file: string): WapitiReport {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as WapitiReport;
  } catch {
    throw new Error('wapiti left no report');
  }
}

/** Addresses with values a database is asked for. */
const asked = [
  '/checks/new?number=1&name=2',
  '/training-sessions?text=1&state=draft',
  '/certificates?text=1',
  '/years/2021?area=320507002&asOf=2021-12-31',
];

const sqlmap: Scanner = {
  name: 'sqlmap',
  from: 'sqlmap of PyPI',
  version: ['sqlmap', '--version'],
  scan: ({ url, cookie, seconds }) =>
    inFolder((folder) =>
      asked.flatMap((address) => {
        const args = [
          '-u',
          url + address,
          '--cookie',
          cookie,
          '--batch',
          '--level',
          '1',
          '--risk',
          '1',
          '--threads',
          '1',
          '--timeout',
          '10',
          '--retries',
          '0',
          '--smart',
          '--disable-coloring',
          '--output-dir',
          folder,
        ];
        const said = run('sqlmap', args, seconds) ?? '';
        return [
          ...said.matchAll(
            /^.*(?:is vulnerable|appears to be .* injectable|identified the following injection).*$/gm,
          ),
        ].map(([line]) => ({ scanner: 'sqlmap', text: `${address}: ${line}` }));
      }),
    ),
};

const nikto: Scanner = {
  name: 'nikto',
  from: 'nikto of the distribution',
  version: ['nikto', '-Version'],
  scan({ url, cookie, seconds }) {
    const said =
      run(
        'nikto',
        [
          '-h',
          url,
          '-maxtime',
          `${seconds}s`,
          '-nointeractive',
          '-ask',
          'no',
          '-O',
          `STATIC-COOKIE=${cookie}`,
        ],
        seconds + 30,
      ) ?? '';
    return [
      ...said.matchAll(
        /^\+ (?!Target|Start|End|Server:|\d+ (?:host|requests)|No CGI|Scan terminated|ERROR: Host maximum).*$/gm,
      ),
    ].map(([text]) => ({ scanner: 'nikto', text }));
  },
};

export const scanners: readonly Scanner[] = [wapiti, sqlmap, nikto];
