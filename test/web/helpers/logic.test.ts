import { expect } from 'chai';
import { draw } from '../../support/draw.ts';

describe('src/web/helpers/logic', () => {
  const model = { zero: 0, none: null, empty: [], text: 'a', same: 'a' };
  const cases: [string, boolean][] = [
    ['(eq text same)', true],
    ['(eq text "b")', false],
    ['(eq zero "0")', false],
    ['(and text same)', true],
    ['(and text none)', false],
    ['(or none text)', true],
    ['(or none empty)', false],
    ['(or zero)', true],
    ['(not none)', true],
    ['(not empty)', true],
    ['(not zero)', false],
    ['(isNone none)', true],
    ['(isNone zero)', false],
    ['(isNone missing)', true],
  ];
  for (const [question, answer] of cases) {
    it(`answers ${question} with ${answer}`, () => {
      expect(draw(`{{#if ${question}}}true{{else}}false{{/if}}`, model)).to.equal(String(answer));
    });
  }

  it('takes the first that holds', () => {
    expect(draw('{{either none text "c"}}{{either none "d"}}', model)).to.equal('ad');
  });
});
