import { expect } from 'chai';
import type { Deps } from '../../src/deps.ts';
import { allRoutes } from '../../src/web/routes.ts';
import {
  aWalker,
  axeFindings,
  openDemoSite,
  overflowOf,
  type Language,
  type Walker,
} from '../support/browser.ts';

// A route is known by its pattern: one page of each is looked at.
const patterns = allRoutes({} as Deps)
  .filter((route) => route.method === 'get')
  .map(({ path }) => ({
    path,
    literal: !path.includes(':'),
    matches: new RegExp(`^${path.replace(/\./g, '\\.').replace(/:\w+/g, '[^/]+')}$`),
  }))
  .sort((a, b) => Number(b.literal) - Number(a.literal));
const files = /\.(pdf|zip|csv|xlsx)$|\/(template|file|error-file|events|health)$/;

/** A colleague's pages are those of the first but for the few that show another button. */
const personas: readonly { name: string; colleagueOf?: string }[] = [
  { name: 'centre' },
  { name: 'centre-approver', colleagueOf: 'centre' },
  { name: 'evaluator' },
  { name: 'evaluator-approver', colleagueOf: 'evaluator' },
  { name: 'enterprise' },
  { name: 'officer' },
  { name: 'reader' },
  { name: 'township' },
  { name: 'reviewer', colleagueOf: 'officer' },
  { name: 'admin' },
  { name: 'security', colleagueOf: 'admin' },
  { name: 'auditor', colleagueOf: 'admin' },
];
const differing = /^\/(home|certificate-batches|certificates)/;
const seenBy = new Map<string, ReadonlySet<string>>();

/** One address of each route that can be reached by links from where the walker stands. */
async function reach(walker: Walker, from: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const waiting = [...from];
  while (waiting.length > 0) {
    const address = waiting.shift()!;
    await walker.open(address);
    const links = await walker.page.$$eval('a[href]', (anchors) =>
      anchors.map((one) => (one as unknown as { getAttribute(name: string): string }).getAttribute('href')),
    );
    for (const link of [address, ...links]) {
      const path = link.split(/[?#]/)[0]!;
      if (!path.startsWith('/') || files.test(path)) continue;
      const pattern = patterns.find(({ matches }) => matches.test(path))?.path;
      if (pattern === undefined || found.has(pattern)) continue;
      found.set(pattern, link);
      if (link !== address) waiting.push(link);
    }
  }
  return found;
}

async function look(walker: Walker, address: string, lang: Language): Promise<string[]> {
  await walker.open(address);
  const problems = [
    ...(await axeFindings(walker.page)).map((one) => `axe ${one}`),
    ...walker.complaints().map((one) => `console ${one}`),
  ];
  const over = await overflowOf(walker.page);
  if (over > 0) problems.push(`${over} px wider than the window`);
  const text = await walker.text();
  const key = /\b[a-z]+[A-Za-z]*\.[a-z][A-Za-z]*(\.[A-Za-z]+)*\b(?![/@])/.exec(
    text.replace(/\S*(\.xlsx|\.csv|\.pdf|\.cn|\.test|\.com)\S*/g, ''),
  );
  if (key !== null && !/^(e\.g|i\.e|no\.)/.test(key[0])) problems.push(`untranslated ${key[0]}`);
  if (text.includes('undefined') || text.includes('[object')) problems.push('a value that is none');
  await walker.picture(
    address
      .split('?')[0]!
      .replace(/\/[\w-]{22,}/g, '/id')
      .replace(/\W+/g, '-')
      .slice(1, 60),
  );
  return problems.map((one) => `${lang} ${address}: ${one}`);
}

describe('browser: every page', function () {
  this.timeout(240_000);
  before(async function () {
    this.timeout(120_000);
    await openDemoSite();
  });

  for (const { name: persona, colleagueOf } of personas) {
    it(`that ${persona} reaches: nothing for axe, nothing too wide, every word in its language`, async () => {
      const wide = await aWalker(`page-${persona}`, 'zh');
      await wide.signIn(persona);
      const found = await reach(wide, ['/home']);
      expect(found.size).to.be.above(2);
      seenBy.set(persona, new Set(found.keys()));
      const known = seenBy.get(colleagueOf ?? '');
      const addresses = [...found]
        .filter(([pattern]) => !known?.has(pattern) || differing.test(pattern))
        .map(([, address]) => address);
      const narrow = await aWalker(`page-${persona}`, 'en', { width: 375 });
      await narrow.signIn(persona);
      const problems: string[] = [];
      for (const address of addresses) {
        problems.push(...(await look(wide, address, 'zh')));
        problems.push(...(await look(narrow, address, 'en')));
      }
      await wide.close();
      await narrow.close();
      expect(problems).to.deep.equal([]);
    });
  }

  it('that the public reaches', async () => {
    const wide = await aWalker('page-public', 'zh');
    const narrow = await aWalker('page-public', 'en', { width: 375 });
    const problems: string[] = [];
    const from = ['/', '/session/new', '/checks/new', '/certificate-finds/new', '/nothing'];
    for (const address of (await reach(wide, from)).values()) {
      problems.push(...(await look(wide, address, 'zh')));
      problems.push(...(await look(narrow, address, 'en')));
    }
    await wide.close();
    await narrow.close();
    expect(problems).to.deep.equal([]);
  });
});
