import { expect } from 'chai';
import fc from 'fast-check';
import {
  addDays,
  ageOn,
  dayOf,
  daysBetween,
  isCalendarDay,
  monthOf,
  parseCalendarDay,
  startOfDay,
  yearOf,
} from '../../../src/domain/shared/calendar-day.ts';

const days = fc.integer({ min: -60_000, max: 60_000 }).map((count) => addDays('2000-01-01', count));

describe('domain/shared/calendar-day', () => {
  for (const typed of [
    '2021-03-05',
    '2021-3-5',
    '2021/3/5',
    '2021.3.5',
    '20210305',
    '2021年3月5日',
    '２０２１年３月５日',
    '２０２１－０３－０５',
    ' 2021 年 3 月 5 日 ',
    '2021-03-05 00:00:00',
  ]) {
    it(`reads ${typed}`, () => expect(parseCalendarDay(typed)).to.equal('2021-03-05'));
  }

  for (const typed of [
    '',
    '2021-02-29',
    '2021-13-01',
    '2021-00-10',
    '21-3-5',
    '5/3/2021',
    '202135',
    '44260',
    '1799-12-31',
    'x',
  ]) {
    it(`finds no day in ${JSON.stringify(typed)}`, () => expect(parseCalendarDay(typed)).to.equal(null));
  }

  it('takes only the one written form for a calendar day', () => {
    expect(isCalendarDay('2020-02-29')).to.equal(true);
    for (const text of ['2021-02-29', '2021-3-5', '20210305', '2021-03-05T00:00'])
      expect(isCalendarDay(text)).to.equal(false);
  });

  it('changes the day at 16:00 UTC, which is midnight in Shanghai', () => {
    expect(dayOf(new Date('2021-12-31T15:59:59.999Z'))).to.equal('2021-12-31');
    expect(dayOf(new Date('2021-12-31T16:00:00Z'))).to.equal('2022-01-01');
    expect(startOfDay('2022-01-01').toISOString()).to.equal('2021-12-31T16:00:00.000Z');
  });

  it('counts ages by birthdays, 29 February among them', () => {
    expect(ageOn('1985-06-15', '2021-06-14')).to.equal(35);
    expect(ageOn('1985-06-15', '2021-06-15')).to.equal(36);
    expect(ageOn('1992-02-29', '2021-02-28')).to.equal(28);
    expect(ageOn('1992-02-29', '2021-03-01')).to.equal(29);
  });

  it('takes year and month from the text', () => {
    expect([yearOf('2021-03-05'), monthOf('2021-03-05')]).to.deep.equal([2021, 3]);
  });

  it('adds what it counts, and parses what it writes', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5_000, max: 5_000 }), (day, count) => {
        const later = addDays(day, count);
        expect(daysBetween(day, later)).to.equal(count);
        expect(parseCalendarDay(later)).to.equal(later);
        expect(dayOf(startOfDay(later))).to.equal(later);
        expect(day < later).to.equal(count > 0);
      }),
    );
  });
});
