import { expect } from 'chai';
import { formatQuantity, formatUnit, isUnit } from '../../../src/web/formatting/format-unit.ts';

describe('src/web/formatting/format-unit', () => {
  it('writes a number with its unit', () => {
    expect(formatQuantity('zh', 51990, 'personTimes')).to.equal('51,990 人次');
    expect(formatQuantity('en', 51990, 'personTimes')).to.equal('51,990 person-times');
    expect(formatQuantity('en', 1, 'certificates')).to.equal('1 certificate');
    expect(formatQuantity('zh', 76, 'percent')).to.equal('76%');
  });

  it('keeps persons and person-times apart', () => {
    expect(formatUnit('zh', 'persons')).not.to.equal(formatUnit('zh', 'personTimes'));
    expect(formatUnit('en', 'persons')).not.to.equal(formatUnit('en', 'personTimes'));
  });

  it('knows a unit from another word', () => {
    expect(isUnit('classHours')).to.equal(true);
    for (const word of ['', 'toString', 'people!', null, 3])
      expect(isUnit(word), String(word)).to.equal(false);
  });
});
