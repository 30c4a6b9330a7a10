import { expect } from 'chai';
import { buildYear, compareMonths, countMonths } from '../../../src/domain/headcounts/index.ts';
import { anEnrolment, aSession, endOf2022, someFacts } from './build-facts.ts';

const query = { cutOff: endOf2022, scope: { kind: 'district' }, measure: 'persons' } as const;
const facts = someFacts({
  sessions: [
    aSession({ id: 's1' }, '2021-01-31'),
    aSession({ id: 's2' }, '2021-12-01'),
    aSession({ id: 's0' }, '2020-12-31'),
  ],
  enrolments: [
    anEnrolment('e1', { personId: 'zhang' }),
    anEnrolment('e2', { personId: 'zhang', sessionId: 's2' }),
    anEnrolment('e3', { personId: 'li', sessionId: 's2' }),
    anEnrolment('e4', { personId: 'li', sessionId: 's0' }),
  ],
});

describe('domain/headcounts/month-series', () => {
  it('counts the year once for a person of two months, and says how many were in several', () => {
    expect(countMonths(buildYear(facts, 2021), query)).to.deep.equal({
      year: 2021,
      unit: 'persons',
      months: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2],
      total: 2,
      overlap: { sum: 3, total: 2, inSeveral: 1 },
      applicable: true,
    });
  });

  it('compares with the year before; without one, or with nothing in it, there is no share', () => {
    const [y2019, y2020, y2021] = [2019, 2020, 2021].map((year) => buildYear(facts, year));
    expect(compareMonths(y2021!, y2020!, query).change).to.deep.equal({ difference: 1, share: 1 });
    expect(compareMonths(y2020!, y2019!, query).change).to.deep.equal({ difference: 1, share: null });
    expect(compareMonths(y2021!, null, query)).to.include({ before: null, change: null });
  });

  it('says that a scope does not apply rather than counting 0', () => {
    const series = countMonths(buildYear(facts, 2021), {
      ...query,
      scope: { kind: 'evaluator', evaluatorId: 'x' },
    });
    expect(series.applicable).to.equal(false);
  });
});
