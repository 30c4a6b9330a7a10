import { expect } from 'chai';
import {
  formatInstant,
  formatShortInstant,
  formatTime,
  shanghaiDay,
} from '../../../src/web/formatting/format-instant.ts';

describe('src/web/formatting/format-instant', () => {
  const evening = new Date('2021-12-31T16:30:59Z');

  it("reads Shanghai's clock, also over the new year", () => {
    expect(formatInstant('zh', evening)).to.equal('2022年1月1日 00:30');
    expect(formatInstant('en', evening)).to.equal('1 January 2022, 00:30');
    expect(formatShortInstant(evening)).to.equal('2022-01-01 00:30');
    expect(formatTime(evening)).to.equal('00:30');
    expect(shanghaiDay(evening)).to.equal('2022-01-01');
    expect(shanghaiDay(new Date('2021-12-31T15:59:59Z'))).to.equal('2021-12-31');
  });
});
