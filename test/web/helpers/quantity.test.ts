import { expect } from 'chai';
import { draw } from '../../support/draw.ts';

describe('src/web/helpers/quantity', () => {
  it('writes a number with its unit', () => {
    expect(draw('{{quantity 5901 "persons"}}')).to.equal('5,901 人');
    expect(draw('{{quantity n "persons"}}', { n: null })).to.equal('—');
    expect(draw('{{quantity 1 "classHours"}}', {}, { lang: 'en' })).to.equal('1 class hour');
  });

  it('refuses text and unknown units', () => {
    expect(() => draw('{{quantity n "persons"}}', { n: '5' })).to.throw('{{quantity}}');
    expect(() => draw('{{quantity 5 "heads"}}')).to.throw('heads');
  });
});
