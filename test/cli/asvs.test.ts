// docs/asvs.md against the standard's numbers, its own totals, and the files it names.
import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { itemsOfSection } from './asvs-numbers.ts';

const root = pathToFileURL('./');
const page = readFileSync(new URL('docs/asvs.md', root), 'utf8');
const states = ['met', 'not applicable', 'not met'] as const;

const rows = page
  .split('\n')
  .filter((line) => /^\| V\d/.test(line))
  .map((line) => {
    const [, item = '', level = '', asks = '', state = '', how = ''] = line
      .split('|')
      .map((cell) => cell.trim());
    return { item, level, asks, state, how };
  });

/** Each item of the standard with its level. */
const standard = Object.entries(itemsOfSection).flatMap(([section, numbers]) =>
  numbers.split(' ').map((number) => ({
    item: `${section}.${number.replace('*', '')}`,
    level: number.endsWith('*') ? '1' : '2',
  })),
);

const totals = (of: readonly { readonly state: string }[]) =>
  states.map((state) => `${of.filter((one) => one.state === state).length} ${state}`).join(', ');

describe('cli/asvs', () => {
  it('has each item of levels 1 and 2 once, at its level and in order', () => {
    expect(rows.map(({ item, level }) => ({ item, level }))).to.deep.equal(standard);
    expect(standard).to.have.length(253);
  });

  it('says of each item what it asks, one of three states, and how or why not', () => {
    for (const { item, asks, state, how } of rows) {
      expect(state, item).to.be.oneOf([...states]);
      expect(asks.length, item).to.be.within(3, 90);
      expect(how.length, item).to.be.above(3);
    }
  });

  it('names files that are there, and a test for most of what is met', () => {
    const named = rows.map(({ item, state, how }) => ({
      ...{ item, state },
      paths: [...how.matchAll(/`((?:test|src|docs|views)\/[^`]+)`/g)].map(([, path]) => path!),
    }));
    for (const { item, paths } of named)
      for (const path of paths) expect(existsSync(new URL(path, root)), `${item}: ${path}`).to.equal(true);
    const met = named.filter(({ state }) => state === 'met');
    const tested = met.filter(({ paths }) => paths.some((path) => path.startsWith('test/')));
    expect(tested.length / met.length).to.be.above(0.7);
  });

  it('counts right, here and in docs/security.md', () => {
    const all = `${rows.length} items; ${totals(rows)}`;
    const first = rows.filter(({ level }) => level === '1');
    expect(page).to.include(`Totals: ${all}. Of the ${first.length} items of level 1: ${totals(first)}.`);
    expect(readFileSync(new URL('docs/security.md', root), 'utf8')).to.include(`${all}.`);
  });
});
