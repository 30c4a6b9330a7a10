import { expect } from 'chai';
import {
  isHighSkilled,
  rankOf,
  skillLevelOf,
  skillLevelOfDigit,
  skillLevels,
  skillLevelsOn,
  skillLevelTyped,
} from '../../../src/domain/certifications/skill-levels.ts';

describe('domain/certifications/skill-levels', () => {
  it('is one scale in ascending order', () => {
    expect(skillLevels.map((level) => level.rank)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('falls in national number as it rises in rank', () => {
    expect(['5', '4', '3', '2', '1'].map((digit) => skillLevelOfDigit(digit)?.rank)).to.deep.equal([
      2, 3, 4, 5, 6,
    ]);
    expect(skillLevelOfDigit('6')).to.equal(null);
  });

  it('calls 高级工 and above high-skilled, and nobody without a level', () => {
    const high = skillLevels.filter((level) => isHighSkilled(level.rank)).map((level) => level.zh);
    expect(high).to.deep.equal(['高级工', '技师', '高级技师', '特级技师', '首席技师']);
    expect(isHighSkilled(null)).to.equal(false);
  });

  it('has five levels in 2021 and eight since March 2022', () => {
    expect(skillLevelsOn('2021-12-31').map((level) => level.digit)).to.deep.equal(['5', '4', '3', '2', '1']);
    expect(skillLevelsOn('2022-03-01')).to.have.length(8);
  });

  it('gives ranks by code and throws for a code nobody knows', () => {
    expect(rankOf('senior')).to.equal(4);
    expect(skillLevelOf('expert')).to.equal(null);
    expect(() => rankOf('expert')).to.throw('expert');
  });

  const words: [string, string | null][] = [
    ['高级工', 'senior'],
    ['三级', 'senior'],
    ['3级', 'senior'],
    ['３ 级', 'senior'],
    ['高级工（三级）', 'senior'],
    ['三级/高级工', 'senior'],
    ['Senior technician', 'senior_technician'],
    ['senior_technician', 'senior_technician'],
    ['技师', 'technician'],
    ['一级', 'senior_technician'],
    ['首席技师', 'chief_technician'],
    ['无级别', null],
    ['高级', null],
  ];
  for (const [word, code] of words) {
    it(`reads ${word} as ${code ?? 'no level'}`, () =>
      expect(skillLevelTyped(word)?.code ?? null).to.equal(code));
  }
});
