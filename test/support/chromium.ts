// One Chromium for all browser tests of a run.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

const folder = fileURLToPath(new URL('../../.screenshots/', import.meta.url));
const quiet = ['gpu', 'quic', 'background-networking', 'component-update', 'sync', 'checker-imaging'];

let browser: Promise<Browser> | null = null;

/** Chromium by CHROMIUM_PATH or as Debian installs it, launched at the first call; throws a sentence where there is none. */
export function openChromium(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
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
  const path = `${folder}${name}.png`;
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, fullPage: true });
}
