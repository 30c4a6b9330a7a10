// What can be wrong with a page as it stands in the window.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules of axe that colours, the width of the window and the length of words can decide; the others read the markup alone. */
export const rulesOfLayout = [
  'color-contrast',
  'link-in-text-block',
  'scrollable-region-focusable',
  'target-size',
];

/** What axe finds on the page by its usual rules, by these alone or by these as well, each with up to three elements it means. */
export async function axeFindings(
  page: Page,
  rules: { readonly only?: readonly string[]; readonly add?: readonly string[] } = {},
): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(source);
  const options = {
    resultTypes: ['violations'],
    // Style sheets would be fetched again on each page, for one rule that reads what is the same on all.
    preload: false,
    rules: Object.fromEntries((rules.add ?? []).map((name) => [name, { enabled: true }])),
    ...(rules.only === undefined ? {} : { runOnly: rules.only }),
  };
  return page.evaluate<string[]>(
    `axe.run(document, ${JSON.stringify(options)}).then((found) => found.violations.flatMap((one) => one.nodes.slice(0, 3).map((node) => one.id + ": " + node.html.slice(0, 200))))`,
  );
}

/** Pixels by which the document is wider than the window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>(
    'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
  );
}
