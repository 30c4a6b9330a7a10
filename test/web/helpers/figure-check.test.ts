import { expect } from 'chai';
import { draw } from '../../support/draw.ts';

describe('src/web/helpers/figure-check', () => {
  const figure = '{{> figure label="补贴性培训" value=value unit=unit definition=definition}}';
  const model = { value: 51990, unit: 'personTimes', definition: '当年报名。' };

  it('lets a complete figure through', () => {
    expect(draw(figure, model)).to.contain('51,990').and.to.contain('人次').and.to.contain('当年报名。');
  });

  it('refuses a number without unit or definition, naming it', () => {
    expect(() => draw(figure, { ...model, unit: '' })).to.throw('"补贴性培训" has no unit');
    expect(() => draw(figure, { ...model, unit: 'heads' })).to.throw('has no unit');
    expect(() => draw(figure, { ...model, definition: ' ' })).to.throw('has no definition');
    expect(() => draw(figure, { ...model, definition: null })).to.throw('has no definition');
  });

  it('says that a figure is not recorded, never 0', () => {
    const html = draw(figure, { ...model, value: null });
    expect(html).to.contain('未登记').and.not.to.contain('>0<');
    expect(draw(figure, { ...model, value: 0 })).to.contain('>0<');
  });
});
