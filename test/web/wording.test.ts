import { expect } from 'chai';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWording, placeholders } from '../../src/web/wording.ts';
import { wording as real } from '../support/draw.ts';

function wordingOf(entries: object): ReturnType<typeof createWording> {
  const folder = mkdtempSync(join(tmpdir(), 'wording-'));
  writeFileSync(join(folder, 'a.json'), JSON.stringify(entries));
  return createWording(folder);
}

describe('src/web/wording', () => {
  const rows = { rows: { zh: '导入 {count} 人', en: 'Import {count} people', enOne: 'Import one person' } };

  it('fills both languages, with commas in numbers', () => {
    expect(wordingOf(rows).t('zh', 'a.rows', { count: 1284 })).to.equal('导入 1,284 人');
    expect(wordingOf(rows).t('en', 'a.rows', { count: 1284 })).to.equal('Import 1,284 people');
  });

  it('has an English singular', () => {
    expect(wordingOf(rows).t('en', 'a.rows', { count: 1 })).to.equal('Import one person');
    expect(wordingOf(rows).t('zh', 'a.rows', { count: 1 })).to.equal('导入 1 人');
  });

  it('leaves a year without comma', () => {
    const year = wordingOf({ year: { zh: '{year}年', en: '{year}' } });
    expect(year.t('zh', 'a.year', { year: 2021 })).to.equal('2021年');
  });

  it('does not read placeholders inside what was typed', () => {
    const hello = wordingOf({ hello: { zh: '{name}好', en: 'Hello {name}' } });
    expect(hello.t('en', 'a.hello', { name: '{count}$&' })).to.equal('Hello {count}$&');
  });

  it('names the key that is missing', () => {
    expect(() => real.t('zh', 'shared.noSuchThing')).to.throw('shared.noSuchThing');
    expect(real.has('shared.noSuchThing')).to.equal(false);
    expect(real.has('shared.button.save')).to.equal(true);
  });

  it('names the parameter that is missing, and the one not used', () => {
    expect(() => wordingOf(rows).t('zh', 'a.rows')).to.throw('a.rows needs the parameter count');
    expect(() => wordingOf(rows).t('zh', 'a.rows', { count: 2, row: 3 })).to.throw('does not use row');
  });

  it('refuses a file with one language, different placeholders or no JSON', () => {
    expect(() => wordingOf({ one: { zh: '一' } })).to.throw('a.one needs both');
    expect(() => wordingOf({ one: { zh: '{a}', en: '{b}' } })).to.throw('a.one has different placeholders');
    const folder = mkdtempSync(join(tmpdir(), 'wording-'));
    writeFileSync(join(folder, 'b.json'), '{');
    expect(() => createWording(folder)).to.throw('b.json is not JSON');
  });

  it('holds no word that blames, begs or shouts, and Chinese punctuation in Chinese', () => {
    const shared = [...real.entries].filter(([key]) => key.startsWith('shared.'));
    expect(shared.length).to.be.greaterThan(200);
    for (const [key, { zh, en }] of shared) {
      expect(zh, key).not.to.match(/失败|非法|无效|抱歉|！/);
      expect(en, key).not.to.match(/!|sorry|invalid|illegal/i);
      expect(zh, key).not.to.match(/\p{Script=Han}[,;!?]/u);
      expect(placeholders(zh), key).to.deep.equal(placeholders(en));
    }
  });
});
