// Every page that each role reaches by links is read as markup in both languages, and looked at in Chromium when it holds an
// element that no page of its route held before in such a place: with the same tags, classes, types and roles around it.
// What another role sees of the same elements differs in words only. Of each page looked at:
// - axe by all its rules once, in Chinese at 1280 px: they read the markup, and that is the same in the other language;
// - the rules that colours and layout decide again at 375 px, in the dark theme: no style sheet hides anything by width;
// - the width of the document in both languages at both widths, for words are what makes a page too wide;
// - the words as they stand after the scripts ran, in both languages, and whatever the browser complains of.
import { expect } from 'chai';
import type { Deps } from '../../src/deps.ts';
import { personaNames } from '../../src/persistence/seeds/demo/personas.ts';
import { allRoutes } from '../../src/web/routes.ts';
import { aWalker, openDemoSite, speak, type Language, type Walker } from '../support/browser.ts';
import { axeFindings, overflowOf, rulesOfLayout } from '../support/look.ts';
import { readPage, type ReadPage } from '../support/read-page.ts';
import { wordsAmiss } from '../support/words-amiss.ts';

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
const patternOf = (path: string) => patterns.find(({ matches }) => matches.test(path))?.path;

// The second officer sees what the first one does.
const personas = personaNames.filter((one) => one !== 'officer2');
/** By route, the places of elements on the pages looked at. */
const known = new Map<string, Set<string>>();
const languages: readonly Language[] = ['zh', 'en'];

describe('browser: every page', function () {
  this.timeout(600_000);
  let lookers: readonly Walker[];
  before(async function () {
    lookers = await Promise.all([aWalker('page', 'zh'), aWalker('page', 'zh')]);
  });
  after(() => Promise.all((lookers ?? []).map((one) => one.close())));

  /** Reads what can be reached by links from these addresses, one page of each route, and looks at what was not seen before. */
  async function walk(from: readonly string[]): Promise<{ found: number; problems: string[] }> {
    const cookies = await lookers[0]!.context.cookies();
    const session = cookies.find(({ name }) => name === 'skillroll_session')?.value;
    const problems: string[] = [];
    const looks = lookers.map(() => Promise.resolve());
    let turn = 0;
    const found = new Set<string>();
    const waiting = [...from];
    while (waiting.length > 0) {
      const address = waiting.shift()!;
      const pages = await Promise.all(languages.map((lang) => read(address, lang, session)));
      for (const page of pages)
        problems.push(...page.problems.map((one) => `${page.lang} ${address}: ${one}`));
      if (isNew(address, pages[0]!)) {
        const at = turn++ % lookers.length;
        looks[at] = looks[at]!.then(async () => {
          problems.push(...(await look(lookers[at]!, address)));
        });
      }
      for (const link of [address, ...pages[0]!.links]) {
        const path = link.split(/[?#]/)[0]!;
        const pattern = path.startsWith('/') && !files.test(path) ? patternOf(path) : undefined;
        if (pattern === undefined || found.has(pattern)) continue;
        found.add(pattern);
        if (link !== address) waiting.push(link);
      }
    }
    await Promise.all(looks);
    return { found: found.size, problems };
  }

  for (const persona of personas) {
    it(`that ${persona} reaches: nothing for axe, nothing too wide, every word in its language`, async () => {
      for (const one of lookers) await one.signIn(persona);
      const { found, problems } = await walk(['/home']);
      expect(found).to.be.above(2);
      expect(problems).to.deep.equal([]);
    });
  }

  it('that the public reaches', async () => {
    for (const one of lookers) await one.signOut();
    const { problems } = await walk([
      '/',
      '/session/new',
      '/checks/new',
      '/certificate-finds/new',
      '/nothing',
    ]);
    expect(problems).to.deep.equal([]);
  });

  it('speaks the other language once that is chosen, on the same page', async () => {
    const [person] = lookers;
    await speak(person!.context, 'zh');
    await person!.open('/checks/new');
    await person!.press('form.language-switch button[value="en"]');
    expect(await person!.page.locator('html').getAttribute('lang')).to.equal('en');
    expect(new URL(person!.page.url()).pathname).to.equal('/checks/new');
  });
});

/** Whether something on the page has not been looked at on one of its route; from now on it has. */
function isNew(address: string, { places }: ReadPage): boolean {
  const route = patternOf(address.split(/[?#]/)[0]!) ?? address;
  const before = known.get(route) ?? new Set();
  known.set(route, new Set([...before, ...places]));
  return [...places].some((place) => !before.has(place));
}

/** A page as markup in a language, with what is wrong with its words and whether a link led nowhere. */
async function read(
  address: string,
  lang: Language,
  session: string | undefined,
): Promise<ReadPage & { readonly lang: Language; readonly problems: readonly string[] }> {
  const { url } = await openDemoSite();
  const cookie = `skillroll_lang=${lang}${session === undefined ? '' : `; skillroll_session=${session}`}`;
  const response = await fetch(url + address, { headers: { cookie } });
  const page = readPage(await response.text());
  const problems = page.words.flatMap((one) => wordsAmiss(one, lang));
  if (response.status >= 400 && address !== '/nothing') problems.push(`answered ${response.status}`);
  return { ...page, lang, problems };
}

async function look(walker: Walker, address: string): Promise<string[]> {
  const { page } = walker;
  const problems: string[] = [];
  const measure = async (lang: Language, width: number) => {
    await page.setViewportSize({ width, height: 900 });
    const over = await overflowOf(page);
    if (over > 0) problems.push(`${lang} ${address}: ${over} px wider than a window of ${width}`);
  };
  const show = async (lang: Language) => {
    await speak(walker.context, lang);
    await walker.open(address);
    const text = await page.evaluate<string>('document.body.textContent');
    problems.push(...wordsAmiss({ tag: 'body', text }, lang).map((one) => `${lang} ${address}: ${one}`));
  };
  const askAxe = async (rules?: { only: readonly string[] }) =>
    problems.push(...(await axeFindings(page, rules)).map((one) => `zh ${address}: axe ${one}`));
  await page.emulateMedia({ colorScheme: 'light' });
  await show('zh');
  await measure('zh', 1280);
  await walker.picture(`${nameOf(address)}-zh`);
  await askAxe();
  await page.emulateMedia({ colorScheme: 'dark' });
  await measure('zh', 375);
  await askAxe({ only: rulesOfLayout });
  await show('en');
  await measure('en', 375);
  await walker.picture(`${nameOf(address)}-en`);
  await measure('en', 1280);
  return [...problems, ...walker.complaints().map((one) => `console ${one}`)];
}

const nameOf = (address: string) =>
  address
    .split('?')[0]!
    .replace(/\/[\w-]{22,}/g, '/id')
    .replace(/\W+/g, '-')
    .slice(1, 60);
