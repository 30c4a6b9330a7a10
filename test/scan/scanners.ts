// Scanners that others wrote, run with bounds against one address; each is a tool of the machine, none is installed by npm.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from './run-tool.ts';

export interface Finding {
  readonly scanner: string;
  /** As the scanner names it, with where. */
  readonly text: string;
}

export interface Target {
  readonly url: string;
  readonly cookie: string;
  /** What one scanner may take, about. */
  readonly seconds: number;
  /** Whether somebody is signed in: headers and known paths are then not asked for again. */
  readonly signedIn: boolean;
}

export interface Scanner {
  readonly name: string;
  /** How it is had. */
  readonly from: string;
  readonly version: readonly string[];
  /** The findings above informational. Throws when the scanner did not come to its end. */
  scan(target: Target): Promise<Finding[]>;
}

/** Gives `work` a folder of its own, which is removed. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'skillroll-scan-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Those that need neither a service elsewhere nor a list fetched from one. */
const injections = [
  'xss',
  'permanentxss',
  'sql',
  'exec',
  'file',
  'crlf',
  'ldap',
  'redirect',
  'upload',
  'csrf',
];
const surface = [
  'cookieflags',
  'csp',
  'http_headers',
  'https_redirect',
  'methods',
  'htaccess',
  'backup',
  'timesql',
  'shellshock',
];
/** Forms that would end the sign-in the scan goes by. */
const ending = [
  '/session/end',
  '/account/password',
  '/account/sessions/end',
  '/account/code',
  '/account/code-removal',
];

const wapiti: Scanner = {
  name: 'wapiti',
  from: 'wapiti3 of PyPI',
  version: ['wapiti', '--version'],
  scan: ({ url, cookie, seconds, signedIn }) =>
    inFolder(async (folder) => {
      const report = join(folder, 'report.json');
      const modules = signedIn ? injections : [...injections, ...surface];
      const crawl = Math.ceil(seconds / 3);
      const attack = Math.ceil((seconds - crawl) / modules.length);
      const said = await runTool(
        'wapiti',
        [
          ...['-u', `${url}/`, '--scope', 'folder', '--flush-session', '--store-session', folder],
          ...['-f', 'json', '-o', report, '-v', '0', '--no-bugreport'],
          ...['--max-scan-time', String(crawl), '--max-attack-time', String(attack)],
          ...['--max-links-per-page', '30', '-d', '3', '--tasks', '2', '-m', modules.join(',')],
          ...(signedIn ? ['-s', `${url}/home`] : []),
          ...ending.flatMap((path) => ['-x', url + path]),
          ...['--drop-set-cookie', '-C', cookie],
        ],
        seconds * 5 + 120,
      );
      return readReport(report, said ?? '');
    }),
};

type WapitiReport = Partial<
  Record<
    'vulnerabilities' | 'anomalies',
    Record<string, { level: number; method: string; path: string; info: string }[]>
  >
>;

function readReport(file: string, said: string): Finding[] {
  let report: WapitiReport;
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as WapitiReport;
  } catch {
    throw new Error(`wapiti left no report: ${said.slice(-500)}`);
  }
  const { vulnerabilities = {}, anomalies = {} } = report;
  return [...Object.entries(vulnerabilities), ...Object.entries(anomalies)].flatMap(([kind, found]) =>
    found
      .filter(({ level }) => level > 0)
      .map((one) => ({
        scanner: 'wapiti',
        text: `level ${one.level}: ${kind}, ${one.method} ${one.path}: ${one.info}`,
      })),
  );
}

/** Addresses with values a database is asked for, those a signed-in role has and those that are everybody's. */
const asked = {
  signedIn: [
    '/training-sessions?text=1&state=draft',
    '/certificates?text=1',
    '/years/2021?area=320507002&asOf=2021-12-31',
  ],
  everybody: ['/checks/new?number=1&name=2', '/session/new?next=1'],
};

const sqlmap: Scanner = {
  name: 'sqlmap',
  from: 'sqlmap of PyPI',
  version: ['sqlmap', '--version'],
  scan: ({ url, cookie, seconds, signedIn }) =>
    inFolder(async (folder) => {
      const findings: Finding[] = [];
      for (const address of signedIn ? asked.signedIn : asked.everybody) {
        const said = await runTool(
          'sqlmap',
          [
            ...['-u', url + address, '--cookie', cookie, '--batch', '--level', '1', '--risk', '1', '--smart'],
            ...['--threads', '1', '--timeout', '10', '--retries', '0', '--disable-coloring'],
            ...['--ignore-code', '*', '--output-dir', folder],
          ],
          seconds * 5,
        );
        const lines = (said ?? '').matchAll(
          /^.*(?:is vulnerable|appears to be .* injectable|identified the following injection).*$/gm,
        );
        for (const [line] of lines) findings.push({ scanner: 'sqlmap', text: `${address}: ${line}` });
        if (!/ending @/.test(said ?? '')) throw new Error(`sqlmap did not end: ${said?.slice(-500)}`);
      }
      return findings;
    }),
};

const nikto: Scanner = {
  name: 'nikto',
  from: 'nikto of its authors; not in every distribution',
  version: ['nikto', '-Version'],
  async scan({ url, cookie, seconds, signedIn }) {
    // Its paths are those of other products: asked once, by nobody.
    if (signedIn) return [];
    const args = ['-h', url, '-maxtime', `${seconds}s`, '-nointeractive', '-ask', 'no', '-nocheck'];
    const said = (await runTool('nikto', [...args, '-O', `STATIC-COOKIE=${cookie}`], seconds * 5)) ?? '';
    if (!/host\(s\) tested|items checked|requests made/i.test(said))
      throw new Error(`nikto did not end: ${said.slice(-500)}`);
    return [
      ...said.matchAll(
        /^\+ (?!Target|Start|End|Server:|\d+ (?:host|requests)|Your Nikto|Platform:|No CGI|Scan terminated|ERROR: Host maximum).*$/gm,
      ),
    ].map(([text]) => ({ scanner: 'nikto', text }));
  },
};

export const scanners: readonly Scanner[] = [wapiti, sqlmap, nikto];
