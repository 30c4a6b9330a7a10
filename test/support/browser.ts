// A real browser on the demo year as `npm run demo` serves it; made once for all browser tests of a run.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Cookie, type Page } from 'playwright-core';
import { demoCodeOf } from '../../src/persistence/seeds/demo/personas.ts';

export const demoPassword = 'Skillroll-2021';
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = fileURLToPath(new URL('../../.screenshots/', import.meta.url));

export type Language = 'zh' | 'en';

/** What the demo prints of the trainee: certificate number, name and claim code. */
export interface Slip {
  readonly number: string;
  readonly name: string;
  readonly code: string;
}

export interface DemoSite {
  readonly url: string;
  readonly slip: Slip;
  readonly browser: Browser;
  /** The folder of the demo's records, for what only time could do otherwise. */
  readonly dir: string;
}

const sessions = new Map<string, readonly Cookie[]>();
const spent = new Map<string, string>();

let site: Promise<DemoSite> | null = null;
let server: ChildProcess | null = null;
let folder: string | null = null;

/** Chromium by CHROMIUM_PATH or as Debian installs it; throws a sentence where there is none. */
export function chromiumPath(): string {
  const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  if (!existsSync(path))
    throw new Error(`There is no Chromium at ${path}: install it, or name one with CHROMIUM_PATH.`);
  return path;
}

/** The site, started at the first call. */
export function openDemoSite(): Promise<DemoSite> {
  site ??= start();
  return site;
}

after(async () => {
  if (site !== null) await (await site.catch(() => null))?.browser.close();
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
  const executablePath = chromiumPath();
  mkdirSync(pictures, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'skillroll-browser-'));
  const args = ['--import', 'tsx', 'src/cli/demo.ts', '--scale', '0.02', '--port', String(await freePort())];
  server = spawn(process.execPath, [...args, '--data', join(folder, 'demo')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [server.stdout!, server.stderr!])
    stream.on('data', (part: Buffer) => (out += String(part)));
  const until = Date.now() + 110_000;
  while (!out.includes('Ctrl-C')) {
    if (Date.now() > until || server.exitCode !== null) throw new Error(`The demo did not start: ${out}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const [, number, name, code] = /(\S{22}) (\S+)\s+((?:[A-Z2-9]{4}-){3}[A-Z2-9]{4})/.exec(out)!;
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    url: /http:\/\/127\.0\.0\.1:\d+/.exec(out)![0],
    slip: { number: number!, name: name!, code: code! },
    browser,
    dir: join(folder, 'demo'),
  };
}

export interface Walker {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained about since the last look. */
  complaints(): string[];
  open(path: string): Promise<void>;
  /** Signs in, with the session that another walker of this persona began if there is one. */
  signIn(userName: string): Promise<void>;
  /** Signs in through the pages, password and code. */
  signInAnew(userName: string): Promise<void>;
  signOut(): Promise<void>;
  /** Presses the button or link and waits for the page it leads to. */
  press(selector: string): Promise<void>;
  fill(values: Readonly<Record<string, string>>): Promise<void>;
  text(): Promise<string>;
  /** Takes a picture named <journey>-<step>-<language>-<width>. */
  picture(step: string): Promise<void>;
  /** A file of the site with the walker's cookies. */
  fetch(path: string): Promise<{
    status: number;
    type: string;
    headers: Readonly<Record<string, string>>;
    bytes: Buffer;
  }>;
  close(): Promise<void>;
}

/** Somebody with a fresh browser profile, in a language. */
export async function aWalker(
  journey: string,
  lang: Language,
  options: { width?: number; script?: boolean } = {},
): Promise<Walker> {
  const { browser, url } = await openDemoSite();
  const width = options.width ?? 1280;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled: options.script ?? true,
    locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  const walker: Walker = {
    page,
    context,
    complaints: () => complaints.splice(0),
    async open(path) {
      const address = path.startsWith('http') ? path : url + path;
      // A page that reloads itself when its job ends may overtake the click; the user clicks again.
      await page.goto(address).catch((error: Error) => {
        if (!error.message.includes('net::ERR_ABORTED')) throw error;
        return page.goto(address);
      });
    },
    async signIn(userName) {
      const known = sessions.get(userName);
      if (known !== undefined) {
        await context.addCookies([...known]);
        return walker.open('/home');
      }
      await walker.signInAnew(userName);
      const cookies = await context.cookies();
      sessions.set(
        userName,
        cookies.filter(({ name }) => name === 'skillroll_session'),
      );
    },
    async signInAnew(userName) {
      await walker.open('/session/new');
      await walker.fill({ userName, password: demoPassword });
      await walker.press('main form button');
      while (page.url().includes('/session/code')) {
        // A code opens one session; the next one comes within half a minute.
        const code = demoCodeOf(userName, new Date());
        if (spent.get(userName) !== code) {
          spent.set(userName, code);
          await walker.fill({ code });
          await walker.press('main form button');
        } else await page.waitForTimeout(1_000);
      }
    },
    async signOut() {
      await context.clearCookies({ name: /session/ });
      await walker.open('/');
    },
    async press(selector) {
      await Promise.all([
        page.waitForNavigation({ waitUntil: 'load' }),
        page.locator(selector).first().click(),
      ]);
    },
    async fill(values) {
      for (const [name, value] of Object.entries(values)) {
        const field = page.locator(`main [name="${name}"]`).first();
        const tag = await field.evaluate((one) => `${one.tagName} ${one.getAttribute('type') ?? ''}`);
        if (tag.startsWith('SELECT')) await field.selectOption(value);
        else if (tag === 'INPUT radio') await page.locator(`main [name="${name}"][value="${value}"]`).check();
        else await field.fill(value);
      }
    },
    text: () => page.locator('body').innerText(),
    async picture(step) {
      await page.screenshot({ path: `${pictures}${journey}-${step}-${lang}-${width}.png`, fullPage: true });
    },
    async fetch(path) {
      const response = await context.request.get(path.startsWith('http') ? path : url + path);
      return {
        status: response.status(),
        type: response.headers()['content-type'] ?? '',
        headers: response.headers(),
        bytes: await response.body(),
      };
    },
    close: () => context.close(),
  };
  if (lang === 'en') await chooseEnglish(walker);
  return walker;
}

async function chooseEnglish(walker: Walker): Promise<void> {
  await walker.open('/');
  const button = walker.page.locator('form.language-switch button[value="en"]');
  if ((await button.count()) > 0) await walker.press('form.language-switch button[value="en"]');
}

/** What axe finds on the page, each with the first element it means. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate<string[]>(
    'axe.run().then((found) => found.violations.map((one) => one.id + ": " + one.nodes[0].html.slice(0, 200)))',
  );
}

/** Pixels by which the document is wider than the window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>(
    'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
  );
}
