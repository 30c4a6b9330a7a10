// Every partial on one page, in Chromium: axe by all its rules once in each theme, for the markup is the same in both
// languages and at both widths; what layout decides, in each language at each width; and what the scripts do.
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { Frame } from '../../src/web/frame.ts';
import { plainFrame } from '../../src/web/frame.ts';
import { presentSamples } from '../../src/web/styles/present-samples.ts';
import { createViewEngine } from '../../src/web/view-engine.ts';
import { openChromium, takePicture } from '../support/chromium.ts';
import { noon, viewsFolder, wording } from '../support/draw.ts';
import { axeFindings, overflowOf, rulesOfLayout } from '../support/look.ts';

const assets = fileURLToPath(new URL('../../src/web/assets/', import.meta.url));
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'";

describe('the component page in a browser', function () {
  this.timeout(120_000);
  const engine = createViewEngine(viewsFolder, wording);
  let server: Server;
  let browser: Browser;
  let url: string;
  let frame: Partial<Frame> = {};
  const events: string[] = [];

  before(async () => {
    server = createServer((request, response) => answer(request.url ?? '', response)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await openChromium();
  });
  after(() => {
    server?.closeAllConnections();
    server?.close();
  });
  beforeEach(() => {
    frame = {};
    events.length = 0;
  });

  function answer(path: string, response: ServerResponse): void {
    const at = new URL(path, 'http://localhost');
    if (at.pathname.startsWith('/assets/')) {
      const type = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' }[
        at.pathname.split('.').at(-1) ?? ''
      ];
      response.setHeader('Content-Type', type ?? 'text/plain');
      response.end(readFileSync(assets + at.pathname.slice('/assets/'.length)));
    } else if (at.pathname.startsWith('/jobs/')) {
      response.setHeader('Content-Type', 'text/event-stream');
      response.end(events.join(''));
    } else if (at.pathname === '/page' || at.pathname === '/save') {
      const lang = at.searchParams.get('lang') === 'en' ? 'en' : 'zh';
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.setHeader('Content-Security-Policy', policy);
      const whole = { ...plainFrame(lang, 'Components', noon), ...staff, ...frame };
      response.end(engine.render('styles/components', presentSamples(lang, wording), whole));
    } else {
      response.statusCode = 404;
      response.end();
    }
  }

  async function open(query: string, width = 1280, options: { script?: boolean } = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      javaScriptEnabled: options.script ?? true,
      bypassCSP: false,
    });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) throw new Error(message.text());
    });
    await page.goto(`${url}/page?${query}`);
    return page;
  }

  for (const theme of ['light', 'dark'] as const) {
    it(`has nothing for axe to find: ${theme}`, async () => {
      frame = { theme };
      const page = await open('lang=zh');
      await takePicture(page, `components/zh-${theme}-1280`);
      expect(await axeFindings(page, { add: ['target-size'] })).to.deep.equal([]);
      await page.context().close();
    });
  }

  for (const lang of ['zh', 'en']) {
    it(`is laid out well at 1280 and 375 px: ${lang}`, async () => {
      frame = { theme: lang === 'zh' ? 'light' : 'dark' };
      const page = await open(`lang=${lang}`);
      expect(await overflowOf(page)).to.equal(0);
      await page.setViewportSize({ width: 375, height: 900 });
      await takePicture(page, `components/${lang}-${frame.theme}-375`);
      expect(await overflowOf(page)).to.equal(0);
      expect(await axeFindings(page, { only: rulesOfLayout })).to.deep.equal([]);
      await page.context().close();
    });
  }

  for (const textSize of ['large', 'largest'] as const) {
    it(`reflows with ${textSize} text at 375 px`, async () => {
      frame = { textSize };
      const page = await open('lang=en', 375);
      expect(await overflowOf(page)).to.equal(0);
      expect(await axeFindings(page, { only: rulesOfLayout })).to.deep.equal([]);
      await page.context().close();
    });
  }

  it('prints without navigation, with the definitions open', async () => {
    const page = await open('lang=zh');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.site-navigation').isVisible()).to.equal(false);
    expect(await page.locator('.button:visible').count()).to.equal(0);
    expect(await page.locator('.figure__definition p').first().isVisible()).to.equal(true);
    expect(await page.locator('.print-only').isVisible()).to.equal(true);
    await page.context().close();
  });

  it('moves focus to the error summary, and from it to the field', async () => {
    frame = { errors: [{ field: 'title', message: 'Enter the name.' }] };
    const page = await open('lang=en');
    expect(await page.evaluate('document.activeElement.className')).to.equal('error-summary');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('location.hash')).to.equal('#f-title');
    expect(await page.title()).to.match(/^Error: /);
    await page.context().close();
  });

  it('marks attendance by keyboard and counts as it goes', async () => {
    const page = await open('lang=en');
    const counts = async (): Promise<string> =>
      (await page.locator('[data-counts]').innerText()).replace(/\s+/g, ' ').trim();
    expect(await counts()).to.equal('Present 1 Late 1 Early 0 Leave 0 Absent 1 Unmarked 1');
    await page.locator('[data-person] input').first().focus();
    await page.keyboard.press('5');
    await page.keyboard.press('4');
    expect(await counts()).to.equal('Present 0 Late 0 Early 0 Leave 1 Absent 2 Unmarked 1');
    expect(await page.evaluate('document.activeElement.name')).to.equal('mark.p3');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate('document.activeElement.name')).to.equal('mark.p2');
    await page.keyboard.press('a');
    expect(await counts()).to.equal('Present 1 Late 0 Early 0 Leave 1 Absent 2 Unmarked 0');
    await page.keyboard.press('?');
    expect(await page.locator('[data-keys-help] p').isVisible()).to.equal(true);
    await page.context().close();
  });

  it('types digits into a note, and stays quiet when the keys are off', async () => {
    const page = await open('lang=en');
    const note = page.locator('input[name="note.p1"]');
    await note.focus();
    await page.keyboard.type('15');
    expect(await note.inputValue()).to.equal('15');
    await page.locator('[data-keys-help] summary').click();
    await page.locator('[data-keys-on]').uncheck();
    await page.locator('[data-person] input').first().focus();
    await page.keyboard.press('5');
    expect(await page.locator('input[name="mark.p1"][value=present]').isChecked()).to.equal(true);
    await page.context().close();
  });

  it('keeps the grid usable without script', async () => {
    const page = await open('lang=en', 375, { script: false });
    await page.locator('input[name="mark.p4"][value=late]').check();
    expect(await page.locator('input[name="mark.p4"][value=late]').isChecked()).to.equal(true);
    expect(await page.locator('[data-mark-rest]').getAttribute('formaction')).to.equal('#');
    expect(await page.locator('[data-keys-on]').isVisible()).to.equal(false);
    await page.context().close();
  });

  it('follows a job by its events', async () => {
    events.push('event: progress\ndata: {"done":640,"total":1284}\n\n');
    const page = await open('lang=en');
    await page.waitForFunction("document.querySelector('progress').value === 640");
    expect(await page.locator('[data-job-text]').innerText()).to.equal('640 of 1,284 certificates done');
    await page.context().close();
  });

  it('warns before the session ends and not earlier', async () => {
    frame = { signedInUntil: new Date(Date.now() + 60_000) };
    const soon = await open('lang=en');
    expect(await soon.locator('[data-timeout]').isVisible()).to.equal(true);
    await soon.context().close();
    frame = { signedInUntil: new Date(Date.now() + 20 * 60_000) };
    const later = await open('lang=en');
    expect(await later.locator('[data-timeout]').isVisible()).to.equal(false);
    await later.context().close();
  });

  it('closes a menu on Escape and gives focus back', async () => {
    const page = await open('lang=zh');
    await page.locator('details.menu summary').first().click();
    expect(await page.locator('.menu__panel').first().isVisible()).to.equal(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('.menu__panel').first().isVisible()).to.equal(false);
    expect(await page.evaluate('document.activeElement.tagName')).to.equal('SUMMARY');
    await page.context().close();
  });
});

const staff: Partial<Frame> = {
  viewer: { name: '李*', organisation: 'Huayi', roleLabel: 'Staff' },
  navigation: [{ href: '#', labelKey: 'shared.nav.checks', current: true }],
  breadcrumb: [{ href: '#', text: 'CNC-07' }],
  flash: { tone: 'ok', text: 'OK', link: null, undo: { action: '#', text: 'Undo' } },
  demo: true,
  version: '0.1.0',
};
