import { expect } from 'chai';
import { ageBandOn, monthOf, yearOf } from '../../../src/domain/headcounts/event-day.ts';

describe('domain/headcounts/event-day', () => {
  const cases: [string | null, string, string | null][] = [
    ['2005-06-16', '2021-06-15', 'under16'],
    ['2005-06-15', '2021-06-15', '16-24'],
    ['1996-06-16', '2021-06-15', '16-24'],
    ['1996-06-15', '2021-06-15', '25-34'],
    ['1986-06-16', '2021-06-15', '25-34'],
    ['1986-06-15', '2021-06-15', '35-44'],
    ['1976-06-15', '2021-06-15', '45-54'],
    ['1966-06-16', '2021-06-15', '45-54'],
    ['1966-06-15', '2021-06-15', '55+'],
    ['1920-01-01', '2021-06-15', '55+'],
    ['1996-02-29', '2021-02-28', '16-24'],
    ['1996-02-29', '2021-03-01', '25-34'],
    [null, '2021-06-15', null],
  ];
  for (const [birthDay, day, band] of cases) {
    it(`born ${birthDay ?? 'unknown'} is ${band ?? 'unknown'} on ${day}`, () => {
      expect(ageBandOn(birthDay, day)).to.equal(band);
    });
  }

  it('reads year and month, and refuses what is no day', () => {
    expect([yearOf('2021-03-05'), monthOf('2021-03-05')]).to.deep.equal([2021, '03']);
    for (const text of ['2021-3-05', '20210305', '2021-03-05T00:00Z', '']) {
      expect(() => yearOf(text)).to.throw('Not a calendar day');
    }
  });
});
