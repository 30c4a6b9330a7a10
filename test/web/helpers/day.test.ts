import { expect } from 'chai';
import { draw } from '../../support/draw.ts';

describe('src/web/helpers/day', () => {
  it('writes a day, a range, or a dash', () => {
    const model = { a: '2021-03-05', b: '2021-03-09', none: null };
    expect(draw('{{day a}}|{{day a until=b}}|{{day none}}|{{day a until=none}}', model)).to.equal(
      '2021年3月5日|2021年3月5日至9日|—|2021年3月5日',
    );
    expect(draw('{{day a}}', model, { lang: 'en' })).to.equal('5 March 2021');
  });

  it('refuses a Date: days are text', () => {
    expect(() => draw('{{day a}}', { a: new Date() })).to.throw('{{day}}');
  });
});
