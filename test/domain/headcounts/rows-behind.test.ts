import { expect } from 'chai';
import { buildYear, findRows } from '../../../src/domain/headcounts/index.ts';
import { anEnrolment, aSession, endOf2022, someFacts } from './build-facts.ts';

const query = { cutOff: endOf2022, scope: { kind: 'district' }, measure: 'persons' } as const;
const facts = someFacts({
  sessions: [aSession({ id: 's1' }, '2021-01-31'), aSession({ id: 's2' }, '2021-12-01')],
  enrolments: [
    anEnrolment('e1', { personId: 'zhang' }),
    anEnrolment('e3', { personId: 'li', sessionId: 's2' }),
    anEnrolment('e2', { personId: 'zhang', sessionId: 's2' }),
  ],
});

describe('domain/headcounts/rows-behind', () => {
  it('lists each person once with all their records, and each person-time by itself', () => {
    const columns = buildYear(facts, 2021);
    expect(findRows(columns, query)).to.deep.equal({
      entries: [
        { ownerId: 'zhang', recordIds: ['e1', 'e2'] },
        { ownerId: 'li', recordIds: ['e3'] },
      ],
      count: 2,
      unit: 'persons',
    });
    expect(findRows(columns, { ...query, measure: 'personTimes' }).count).to.equal(3);
  });
});
