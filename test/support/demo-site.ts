// The demo year as `npm run demo` serves it, made once for all browser tests of a run.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programOf } from './program.ts';

/** What the demo prints of the trainee: certificate number, name and claim code. */
export interface Slip {
  readonly number: string;
  readonly name: string;
  readonly code: string;
}

export interface DemoSite {
  readonly url: string;
  readonly slip: Slip;
  /** The folder of the demo's records, for what only time could do otherwise. */
  readonly dir: string;
}

let site: Promise<DemoSite> | null = null;
let server: ChildProcess | null = null;
let folder: string | null = null;

/** The site, made and started at the first call. */
export function openDemoSite(): Promise<DemoSite> {
  site ??= start();
  return site;
}

// Begun before the first test: what needs no demo is tested meanwhile.
before(() => {
  openDemoSite().catch(() => {});
});

after(async () => {
  if (server !== null) {
    const ended = new Promise((resolve) => server!.once('close', resolve));
    server.kill('SIGTERM');
    await ended;
  }
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
});

/** The QR code holds the address, port and all, so the port is known before the demo starts. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function start(): Promise<DemoSite> {
  folder = mkdtempSync(join(tmpdir(), 'skillroll-browser-'));
  const args = [...programOf('src/cli/demo.ts'), '--scale', '0.02', '--port', String(await freePort())];
  // One machine asks for all visitors here; the limits themselves are tested over HTTP.
  const limits = { REQUESTS_A_MINUTE: '100000', FORMS_A_MINUTE: '10000' };
  server = spawn(process.execPath, [...args, '--data', join(folder, 'demo')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...limits },
  });
  let out = '';
  for (const stream of [server.stdout!, server.stderr!])
    stream.on('data', (part: Buffer) => (out += String(part)));
  const until = Date.now() + 300_000;
  while (!out.includes('Ctrl-C')) {
    if (Date.now() > until || server.exitCode !== null) throw new Error(`The demo did not start: ${out}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const [, number, name, code] = /(\S{22}) (\S+)\s+((?:[A-Z2-9]{4}-){3}[A-Z2-9]{4})/.exec(out)!;
  return {
    url: /http:\/\/127\.0\.0\.1:\d+/.exec(out)![0],
    slip: { number: number!, name: name!, code: code! },
    dir: join(folder, 'demo'),
  };
}
