import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { plainFrame } from '../../../src/web/frame.ts';
import { presentSamples } from '../../../src/web/styles/present-samples.ts';
import { createViewEngine } from '../../../src/web/view-engine.ts';
import { noon, viewsFolder, wording } from '../../support/draw.ts';

describe('src/web/styles/present-samples', () => {
  const engine = createViewEngine(viewsFolder, wording);
  const draw = (lang: 'zh' | 'en'): string =>
    engine.render('styles/components', presentSamples(lang, wording), plainFrame(lang, '', noon));

  it('fills the component page in both languages, within 100 KB', () => {
    for (const lang of ['zh', 'en'] as const) {
      const html = draw(lang);
      expect(Buffer.byteLength(html), lang).to.be.below(100 * 1024);
      expect(html).not.to.match(/\sstyle=|<style|undefined|\[object/);
    }
  });

  it('speaks English on the English page', () => {
    const text = draw('en').replace(/<(title|head)[\s\S]*?<\/\1>|<[^>]*lang="zh-CN"[^>]*>[^<]*|<[^>]+>/g, '');
    expect(
      text.match(/\p{Script=Han}+/gu)?.filter((word) => !['李', '赵'].includes(word)) ?? [],
    ).to.deep.equal([]);
  });

  it('gives no two elements the same id', () => {
    const ids = [...draw('zh').matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(ids.length).to.be.greaterThan(20);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).to.deep.equal([]);
  });

  it('shows every partial that a page may call', () => {
    const html = draw('zh');
    const shown: Record<string, string> = {
      'table-frame': 'class="table"',
      'post-button': 'class="button',
      history: 'class="timeline',
      evidence: 'id="f-file"',
    };
    const inner =
      /^(error-|field-|head|html|icon|skip|site-|tone|printed|setting|account|display|language|form-keys|print|table-cell|breadcrumb|flash)/;
    for (const file of readdirSync(`${viewsFolder}/partials`)) {
      const name = file.replace('.hbs', '');
      if (inner.test(name)) continue;
      expect(html, name).to.match(new RegExp(shown[name] ?? `class="(${name}|${landmark(name)})[ "_-]`));
    }
  });
});

/** The class a partial draws, where it is not its own name. */
function landmark(name: string): string {
  const classes: Record<string, string> = {
    status: 'tag',
    select: 'field',
    radios: 'choices',
    checkbox: 'choice',
    checkboxes: 'choices',
    meter: 'gauge',
    'attendance-grid': 'attendance-form',
    'job-progress': 'job',
  };
  return classes[name] ?? name;
}
