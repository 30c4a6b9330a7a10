import { expect } from 'chai';
import { draw } from '../../support/draw.ts';

describe('src/web/helpers/count', () => {
  it('writes numbers with commas, null as a dash and signs as they are', () => {
    expect(
      draw('{{count a}} {{count b}} {{count c}} {{count d decimals=1}}', {
        a: 51990,
        b: null,
        c: '<5',
        d: 0.25,
      }),
    ).to.equal('51,990 — &lt;5 0.3');
  });

  it('refuses anything else', () => {
    expect(() => draw('{{count a}}', { a: {} })).to.throw('{{count}}');
  });
});
