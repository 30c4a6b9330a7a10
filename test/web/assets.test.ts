import { expect } from 'chai';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { statusCodes, statusOf } from '../../src/web/status-table.ts';
import { viewsFolder } from '../support/draw.ts';

const folder = fileURLToPath(new URL('../../src/web/assets/', import.meta.url));
const read = (name: string): string => readFileSync(folder + name, 'utf8');

function tokens(css: string): Record<string, string> {
  return Object.fromEntries(
    [...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]),
  );
}

/** Contrast by WCAG 2.2: (L1 + 0.05) / (L2 + 0.05) of relative luminance. */
function contrast(one: string | undefined, other: string | undefined): number {
  const luminance = (colour = '#000000'): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe('src/web/assets', () => {
  const light = tokens(read('base.css'));
  const dark = { ...light, ...tokens(read('dark.css')) };

  it('computes contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).to.equal(21);
    expect(contrast('#777777', '#ffffff')).to.be.closeTo(4.48, 0.01);
  });

  for (const [theme, set] of Object.entries({ light, dark })) {
    it(`keeps text readable in the ${theme} theme`, () => {
      const pairs: [string, string][] = [
        ...['canvas', 'surface', 'sunken'].flatMap((ground): [string, string][] => [
          ['ink', ground],
          ['ink-soft', ground],
          ['accent', ground],
          ['accent-hover', ground],
        ]),
        ...['ok', 'warn', 'bad', 'info', 'neutral'].map((tone): [string, string] => [tone, `${tone}-ground`]),
        ['visited', 'canvas'],
        ['bad', 'canvas'],
        ['on-accent', 'accent'],
        ['on-accent', 'accent-hover'],
        ['on-danger', 'danger'],
        ['on-danger', 'danger-hover'],
      ];
      for (const [text, ground] of pairs) {
        expect(set[text], text).to.match(/^#/);
        expect(contrast(set[text], set[ground]), `${text} on ${ground}`).to.be.at.least(4.5);
      }
    });

    it(`keeps edges, focus and bars visible in the ${theme} theme`, () => {
      for (const token of ['edge', 'ink', 'series-1', 'last-year']) {
        expect(contrast(set[token], set['canvas']), token).to.be.at.least(3);
      }
      expect(contrast(set['edge'], set['surface'])).to.be.at.least(3);
    });
  }

  it('prints readable numbers on every heat ground', () => {
    const css = read('pages.css');
    for (let step = 1; step <= 5; step += 1) {
      const ground = new RegExp(`\\.heat-${step} \\{\\s*background: (#[0-9a-f]{6})`).exec(css)?.[1];
      expect(contrast(ground, step === 5 ? '#ffffff' : '#1a2129'), `heat-${step}`).to.be.at.least(4.5);
    }
  });

  it('stays within 40 KB of style and 20 KB of script', () => {
    const total = (ending: string): number =>
      readdirSync(folder)
        .filter((name) => name.endsWith(ending))
        .reduce((sum, name) => sum + statSync(folder + name).size, 0);
    expect(total('.css')).to.be.within(10_000, 40 * 1024);
    expect(total('.js')).to.be.within(2_000, 20 * 1024);
  });

  it('uses only tokens that exist', () => {
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.css'))) {
      const defined = readdirSync(folder)
        .map((file) => (file.endsWith('.css') ? read(file) : ''))
        .join('');
      for (const [, token] of read(name).matchAll(/var\(--([\w-]+)\)/g)) {
        expect(defined, `${name}: --${token}`).to.contain(`--${token}:`);
      }
    }
  });

  it('fetches nothing from another host', () => {
    for (const name of readdirSync(folder)) {
      expect(read(name).replaceAll('http://www.w3.org/2000/svg', ''), name).not.to.match(
        /https?:|@import|url\((?!'guilloche\.svg'\))/,
      );
    }
  });

  it('has every icon that a template or a state asks for', () => {
    const icons = read('icons.svg');
    const sources = readdirSync(viewsFolder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.hbs'))
      .map((name) => readFileSync(`${viewsFolder}/${name}`, 'utf8'));
    const asked = sources.flatMap((source) =>
      [...source.matchAll(/icon(?: name)?="([\w-]+)"/g)].map((match) => match[1]),
    );
    expect(asked.length).to.be.greaterThan(10);
    for (const name of [...asked, ...statusCodes.map((code) => statusOf(code).shape)]) {
      expect(icons, name).to.contain(`id="${name}"`);
    }
  });
});
