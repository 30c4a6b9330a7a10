import { expect } from 'chai';
import { compactNumber, foldWidth, isScientific, trimTyped } from '../../../src/domain/shared/typed-text.ts';

describe('domain/shared/typed-text', () => {
  it('folds width and nothing else', () => {
    expect(foldWidth('Ａ１－ｚ\u3000①㎡张')).to.equal('A1-z ①㎡张');
  });

  it('strips from a number what is no part of it', () => {
    expect(compactNumber("'\t３2 05\u00a0\u200b’")).to.equal('3205');
  });

  it('trims a text and keeps its inside', () => {
    expect(trimTyped("\ufeff' 张 三\u3000")).to.equal('张 三');
  });

  it('recognises a number that ran out of digits', () => {
    expect(['3.20507E+17', '3.2e17', '3E+5', '3205', 'E12345', '1E'].map(isScientific)).to.deep.equal([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
