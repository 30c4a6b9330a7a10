import { expect } from 'chai';
import { formatDay, formatDayRange, formatMonth } from '../../../src/web/formatting/format-day.ts';

describe('src/web/formatting/format-day', () => {
  it('writes a day in words', () => {
    expect(formatDay('zh', '2021-03-05')).to.equal('2021年3月5日');
    expect(formatDay('en', '2021-03-05')).to.equal('5 March 2021');
  });

  const ranges: [string, string, string, string][] = [
    ['2021-03-05', '2021-03-09', '2021年3月5日至9日', '5 to 9 March 2021'],
    ['2021-03-05', '2021-04-02', '2021年3月5日至4月2日', '5 March to 2 April 2021'],
    ['2021-12-30', '2022-01-02', '2021年12月30日至2022年1月2日', '30 December 2021 to 2 January 2022'],
    ['2021-03-05', '2021-03-05', '2021年3月5日', '5 March 2021'],
  ];
  for (const [from, until, zh, en] of ranges) {
    it(`writes ${from} to ${until} without repeating`, () => {
      expect(formatDayRange('zh', from, until)).to.equal(zh);
      expect(formatDayRange('en', from, until)).to.equal(en);
    });
  }

  it('writes a month', () => {
    expect(formatMonth('zh', '2021-12')).to.equal('2021年12月');
    expect(formatMonth('en', '2021-12')).to.equal('December 2021');
  });

  it('refuses anything else', () => {
    for (const text of ['2021-13-01', '2021-3-5', '', '2021-12-17T00:00:00Z']) {
      expect(() => formatDay('zh', text), text).to.throw('not a day');
    }
  });
});
