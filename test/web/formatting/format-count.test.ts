import { expect } from 'chai';
import { formatCount } from '../../../src/web/formatting/format-count.ts';

describe('src/web/formatting/format-count', () => {
  const cases: [number, string][] = [
    [0, '0'],
    [7, '7'],
    [999, '999'],
    [1000, '1,000'],
    [51990, '51,990'],
    [1234567, '1,234,567'],
    [-68, '−68'],
    [-0.001, '0'],
    [19563.5, '19,563.5'],
    [1956.3, '1,956.3'],
    [0.125, '0.13'],
  ];
  for (const [value, text] of cases)
    it(`writes ${value} as ${text}`, () => expect(formatCount(value)).to.equal(text));

  it('takes another number of decimals', () => {
    expect(formatCount(2.345, 1)).to.equal('2.3');
    expect(formatCount(2.5, 0)).to.equal('3');
  });

  it('refuses what is no number', () => {
    expect(() => formatCount(Number.NaN)).to.throw('not a number');
  });
});
