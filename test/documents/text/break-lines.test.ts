import { expect } from 'chai';
import fc from 'fast-check';
import { breakLines, fitText } from '../../../src/documents/text/break-lines.ts';
import { measure } from '../../../src/documents/text/measure.ts';

describe('documents/text/break-lines', () => {
  it('breaks between Han characters and between words', () => {
    expect(breakLines('serif', '职业技能等级证书', 10, 40)).to.deep.equal(['职业技能', '等级证书']);
    expect(breakLines('serif', 'certificate of completion', 10, 70)).to.deep.equal([
      'certificate of',
      'completion',
    ]);
  });

  it('starts no line with a closing mark and ends none with an opening one', () => {
    expect(breakLines('serif', '机床操作。培训', 10, 40)).to.deep.equal(['机床操', '作。培训']);
    expect(breakLines('serif', '数控铣（工种）', 10, 40)).to.deep.equal(['数控铣', '（工种）']);
    expect(breakLines('serif', '阿不都·买买提', 10, 30)[1]).to.match(/^都·/);
  });

  it('breaks a word that is wider than the line where it must', () => {
    const lines = breakLines('serif', 'Llanfairpwllgwyngyll', 10, 40);
    expect(lines.join('')).to.equal('Llanfairpwllgwyngyll');
    expect(lines.length).to.be.greaterThan(1);
  });

  it('keeps every character and the width, for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'职业技能（等）级、。·abc DEF-12'), maxLength: 60 }),
        fc.integer({ min: 30, max: 200 }),
        (text, width) => {
          const lines = breakLines('sans', text, 10, width);
          expect(lines.join('').replace(/\s/g, '')).to.equal(text.replace(/\s/g, ''));
          for (const line of lines) expect(measure('sans', line, 10)).to.be.at.most(width + 0.02);
        },
      ),
    );
  });

  it('wraps before it shrinks, evens out the lines and stops at the floor', () => {
    const wrapped = fitText('serif', '一二三四五六七八九十', { width: 90, size: 10, floor: 6, maxLines: 2 });
    expect(wrapped).to.deep.equal({ size: 10, lines: ['一二三四五', '六七八九十'] });
    const shrunk = fitText('serif', '一二三四五六七八九十', { width: 80, size: 10, floor: 6, maxLines: 1 });
    expect(shrunk).to.deep.equal({ size: 8, lines: ['一二三四五六七八九十'] });
    expect(fitText('serif', '一'.repeat(30), { width: 30, size: 10, floor: 6, maxLines: 1 }).size).to.equal(
      6,
    );
  });
});
