import { expect } from 'chai';
import { fillWords, instantOf, printDay, printPeriod } from '../../../src/documents/text/words.ts';

describe('documents/text/words', () => {
  it('prints a day in both languages', () => {
    expect(printDay('2021-03-05', 'zh')).to.equal('2021年3月5日');
    expect(printDay('2021-03-05', 'en')).to.equal('5 March 2021');
  });

  it('says once what both days of a period share', () => {
    const cases: [string, string, string, string][] = [
      ['2021-03-05', '2021-03-09', '2021年3月5日至9日', '5 to 9 March 2021'],
      ['2021-03-05', '2021-04-09', '2021年3月5日至4月9日', '5 March to 9 April 2021'],
      ['2021-12-30', '2022-01-09', '2021年12月30日至2022年1月9日', '30 December 2021 to 9 January 2022'],
      ['2021-03-05', '2021-03-05', '2021年3月5日', '5 March 2021'],
    ];
    for (const [from, to, zh, en] of cases) {
      expect(printPeriod(from, to, 'zh')).to.equal(zh);
      expect(printPeriod(from, to, 'en')).to.equal(en);
    }
  });

  it('fills in values and throws for one that is not given', () => {
    expect(fillWords('{hours} 课时', { hours: 56 })).to.equal('56 课时');
    expect(() => fillWords('{hours} 课时', {})).to.throw('hours');
  });

  it('begins a day at midnight in Shanghai', () => {
    expect(instantOf('2022-03-05').toISOString()).to.equal('2022-03-04T16:00:00.000Z');
  });
});
