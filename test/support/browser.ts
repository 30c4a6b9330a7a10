// Somebody at a real browser on the demo year.
import { type BrowserContext, type Cookie, type Page } from 'playwright-core';
import { demoPassword } from '../../src/persistence/seeds/demo/bodies.ts';
import { demoCodeOf } from '../../src/persistence/seeds/demo/personas.ts';
import { openChromium, takePicture } from './chromium.ts';
import { openDemoSite } from './demo-site.ts';

export { axeFindings, overflowOf } from './look.ts';
export { openDemoSite } from './demo-site.ts';

export type Language = 'zh' | 'en';

const sessions = new Map<string, readonly Cookie[]>();
const spent = new Map<string, string>();

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
  /** Keeps a picture named <journey>-<step>-<language>-<width> where pictures are asked for. */
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
  const { url } = await openDemoSite();
  const browser = await openChromium();
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
      // Signing in ends the sign-in a browser had, and others go on with that one.
      await context.clearCookies({ name: /session/ });
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
      await takePicture(page, `${journey}-${step}-${lang}-${page.viewportSize()?.width ?? width}`);
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
  await speak(context, lang);
  return walker;
}

/** What the switch on every page sets; that it does is tested once. */
export async function speak(context: BrowserContext, lang: Language): Promise<void> {
  const { url } = await openDemoSite();
  await context.addCookies([{ name: 'skillroll_lang', value: lang, url }]);
}
