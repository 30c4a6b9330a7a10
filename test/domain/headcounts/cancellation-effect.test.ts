// What the page says beforehand must be what a cancellation then does.
import { expect } from 'chai';
import fc from 'fast-check';
import {
  buildYear,
  countCancellationEffect,
  countFigure,
  type YearFacts,
} from '../../../src/domain/headcounts/index.ts';
import { anEnrolment, aSession, endOf2022, instantOf, someFacts } from './build-facts.ts';
import { lastInstant, randomFacts } from './random-facts.ts';

const district = { cutOff: endOf2022, scope: { kind: 'district' } } as const;

describe('domain/headcounts/cancellation-effect', () => {
  it('states the person-times that count, without those withdrawn before the start', () => {
    const withdrawn = (on: string) => [
      { to: 'enrolled' as const, at: instantOf('2021-05-10'), on: '2021-05-10' },
      { to: 'withdrawn' as const, at: instantOf('2021-06-20'), on },
    ];
    const facts = someFacts({
      sessions: [aSession(), aSession({ id: 's2' })],
      enrolments: [
        anEnrolment('1'),
        anEnrolment('2', { states: withdrawn('2021-05-31') }),
        anEnrolment('3', { states: withdrawn('2021-06-02') }),
        anEnrolment('4', { sessionId: 's2' }),
      ],
    });
    expect(countCancellationEffect(buildYear(facts, 2021), 's1', district)).to.deep.equal({
      year: 2021,
      personTimes: 2,
      before: 3,
      after: 1,
    });
  });

  it('is nothing for a session that counts nowhere', () => {
    const sessions = [
      aSession({ subsidised: false }),
      aSession({ id: 's2', kind: 'work_training' }),
      aSession({ id: 's3', firstHeld: [] }),
    ];
    const enrolments = sessions.map(({ id }) => anEnrolment(id, { sessionId: id }));
    const columns = buildYear(someFacts({ sessions, enrolments }), 2021);
    for (const id of ['s1', 's2', 's3', 'none'])
      expect(countCancellationEffect(columns, id, district), id).to.equal(null);
  });

  it('is what the figure then says, for random histories', () => {
    const at = new Date(lastInstant);
    const query = { cutOff: at, scope: { kind: 'district' } } as const;
    const f13 = (facts: YearFacts) => countFigure(buildYear(facts, 2021), 'F13', query).value;
    fc.assert(
      fc.property(randomFacts, fc.nat(), (facts, pick) => {
        const session = facts.sessions[pick % Math.max(1, facts.sessions.length)];
        if (session === undefined) return;
        const effect = countCancellationEffect(buildYear(facts, 2021), session.id, query);
        const cancelled = { to: 'cancelled' as const, at: at.getTime(), on: '2022-12-31' };
        const then = {
          ...facts,
          sessions: facts.sessions.map((one) =>
            one.id === session.id ? { ...one, states: [...one.states, cancelled] } : one,
          ),
        };
        expect(f13(then)).to.equal(effect === null ? f13(facts) : effect.after);
      }),
    );
  });
});
