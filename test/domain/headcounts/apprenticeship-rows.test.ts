// F15 and F16 clause by clause.
import { expect } from 'chai';
import { anApprentice, aProgramme, instantOf, someFacts } from './build-facts.ts';
import { moved, numbers } from './moved-figures.ts';

describe('domain/headcounts/apprenticeship-rows', () => {
  const g1 = aProgramme('g1', '2021-03-01');
  const base = someFacts({ programmes: [g1], apprentices: [anApprentice('a1'), anApprentice('a2')] });

  it('counts enterprises once, first filers beside them, and distinct apprentices', () => {
    const again = aProgramme('g2', '2021-05-01', { enterpriseId: g1.enterpriseId });
    const old = aProgramme('g0', '2019-05-01', { enterpriseId: g1.enterpriseId });
    expect(moved(base, { ...base, programmes: [g1, again] })).to.deep.equal({});
    expect(numbers(base)).to.include({ F15: 1, 'F15 firstFilers': 1, F16: 2 });
    expect(moved(base, { ...base, programmes: [g1, old] })).to.deep.equal({ 'F15 firstFilers': -1 });
  });

  it('loses enterprise and apprentices when the filing is withdrawn, nothing when the programme ends early', () => {
    const after = (to: 'withdrawn' | 'terminated') => ({
      ...base,
      programmes: [{ ...g1, states: [...g1.states, { to, at: instantOf('2021-10-01'), on: '2021-10-01' }] }],
    });
    expect(moved(base, after('withdrawn'))).to.deep.equal({ F15: -1, 'F15 firstFilers': -1, F16: -2 });
    expect(moved(base, after('terminated'))).to.deep.equal({});
  });

  it('a transfer moves nothing, within the year or into the next', () => {
    for (const [year, day] of [
      [2021, '2021-11-01'],
      [2022, '2022-04-01'],
    ] as const) {
      const g2 = aProgramme('g2', day, { enterpriseId: 'other' });
      const before = { ...base, programmes: [g1, g2] };
      const transferred = anApprentice('a1', {
        programmeId: 'g2',
        enrolledOn: day,
        recordedAt: instantOf(day),
      });
      const after = { ...before, apprentices: [...before.apprentices, transferred] };
      expect(moved(before, after)).to.deep.equal({});
      expect(moved(before, after, 2022)).to.deep.equal(year === 2022 ? { 'F16 earlierApprentices': 1 } : {});
    }
  });

  it('counts an apprentice when the programme is filed, even if enrolled before', () => {
    const early = anApprentice('a3', { enrolledOn: '2020-12-20', recordedAt: instantOf('2020-12-20') });
    expect(moved(base, { ...base, apprentices: [...base.apprentices, early] })).to.deep.equal({ F16: 1 });
    expect(numbers({ ...base, apprentices: [early] }, 2020)).to.include({ F16: 0 });
  });
});
