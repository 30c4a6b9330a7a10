// One Chromium for all browser tests of a run.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const folder = resolve('.screenshots');
const quiet = ['gpu', 'quic', 'background-networking', 'component-update', 'sync', 'checker-imaging'];

let browser: Promise<Browser> | null = null;

/** Debian's, which come from one source; the one without windows draws the same for an eighth less. */
const places = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Chromium by CHROMIUM_PATH or as Debian installs it, launched at the first call; throws a sentence where there is none. */
export function openChromium(): Promise<Browser> {
  const executablePath =
    process.env['CHROMIUM_PATH'] ?? places.find((one) => existsSync(one)) ?? places.at(-1)!;
  if (!existsSync(executablePath))
    throw new Error(`There is no Chromium at ${executablePath}: install it, or name one with CHROMIUM_PATH.`);
  browser ??= chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--no-first-run',
      '--num-raster-threads=1',
      ...quiet.map((one) => `--disable-${one}`),
    ],
  });
  return browser;
}

after(async () => {
  if (browser !== null) await (await browser.catch(() => null))?.close();
});

/** Keeps a picture of the whole page in `.screenshots/` where SCREENSHOTS is set: drawing them takes a third of a run. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (!process.env['SCREENSHOTS']) return;
  const path = join(folder, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, fullPage: true });
}
