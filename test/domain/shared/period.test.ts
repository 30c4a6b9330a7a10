import { expect } from 'chai';
import {
  halfYearPeriod,
  isWithin,
  monthPeriod,
  quarterPeriod,
  samePeriodLastYear,
  yearPeriod,
  yearToDate,
} from '../../../src/domain/shared/period.ts';

describe('domain/shared/period', () => {
  it('runs from its first day up to the first day after it', () => {
    expect(yearPeriod(2021)).to.deep.equal({ from: '2021-01-01', until: '2022-01-01' });
    expect(halfYearPeriod(2021, 2)).to.deep.equal({ from: '2021-07-01', until: '2022-01-01' });
    expect(quarterPeriod(2021, 1)).to.deep.equal({ from: '2021-01-01', until: '2021-04-01' });
    expect(monthPeriod(2021, 12)).to.deep.equal({ from: '2021-12-01', until: '2022-01-01' });
    expect(yearToDate('2021-11-30')).to.deep.equal({ from: '2021-01-01', until: '2021-12-01' });
  });

  it('holds its first day and not its end', () => {
    const march = monthPeriod(2021, 3);
    expect(
      ['2021-02-28', '2021-03-01', '2021-03-31', '2021-04-01'].map((day) => isWithin(march, day)),
    ).to.deep.equal([false, true, true, false]);
  });

  it('lies one year earlier, leap day or not', () => {
    expect(samePeriodLastYear(yearToDate('2020-02-28'))).to.deep.equal({
      from: '2019-01-01',
      until: '2019-02-28',
    });
    expect(samePeriodLastYear(quarterPeriod(2021, 4))).to.deep.equal({
      from: '2020-10-01',
      until: '2021-01-01',
    });
  });

  it('refuses months that no year has', () => {
    for (const wrong of [
      () => monthPeriod(2021, 0),
      () => monthPeriod(2021, 13),
      () => quarterPeriod(2021, 5),
      () => halfYearPeriod(2021, 0),
    ]) {
      expect(wrong).to.throw(RangeError);
    }
  });
});
