import { expect } from 'chai';
import { draw } from '../../support/draw.ts';

describe('src/web/helpers/t', () => {
  it('says the sentence in the language of the page', () => {
    const template = '{{t "shared.button.importPeople" count=n}}';
    expect(draw(template, { n: 1 }, { lang: 'en' })).to.equal('Import 1 person');
    expect(draw(template, { n: 1284 })).to.equal('导入 1,284 人');
  });

  it('takes a key from the model', () => {
    expect(draw('{{t key}}', { key: 'shared.button.save' })).to.equal('保存');
    expect(() => draw('{{t key}}', { key: 'shared.nothing' })).to.throw('shared.nothing');
    expect(() => draw('{{t key}}', { key: null })).to.throw('{{t}} cannot print null');
  });

  it('escapes parameters and refuses what is not text or number', () => {
    expect(draw('{{t "shared.form.required" label=x}}', { x: '<b>' })).to.equal('填写&lt;b&gt;。');
    expect(() => draw('{{t "shared.form.required" label=x}}', { x: {} })).to.throw('label');
  });
});
