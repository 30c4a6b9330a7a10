// What the page says beforehand must be what then happens.
import { expect } from 'chai';
import fc from 'fast-check';
import { buildYear, countMeasure, countWithdrawalEffects } from '../../../src/domain/headcounts/index.ts';
import { aProgramme, anApprentice, instantOf, someFacts } from './build-facts.ts';
import { district, effectWords, years } from './effect-words.ts';
import { lastInstant, randomFacts } from './random-facts.ts';

describe('domain/headcounts/withdrawal-effects', () => {
  it('names every number that changes, in every year, with its months', () => {
    const facts = someFacts({
      programmes: [
        aProgramme('g1', '2021-03-01', { enterpriseId: 'one' }),
        aProgramme('g2', '2022-05-01', { enterpriseId: 'one' }),
      ],
      apprentices: [
        anApprentice('a1', { personId: 'zhang' }),
        anApprentice('a2'),
        anApprentice('a3', { personId: 'zhang', programmeId: 'g2', enrolledOn: '2022-05-02' }),
      ],
    });
    expect(countWithdrawalEffects(years(facts), 'g1', district).map(effectWords)).to.deep.equal([
      '2021 F15 filingEnterprises 1→0 (3: 1→0)',
      '2021 F15 firstFilers 1→0 (3: 1→0)',
      '2021 F16 newApprentices 2→0 (3: 2→0)',
      '2022 F15 firstFilers 0→1 (5: 0→1)',
      '2022 F16 newApprentices 0→1 (5: 0→1)',
      '2022 F16 earlierApprentices 1→0 (5: 1→0)',
    ]);
  });

  it('is empty for a programme that counts nowhere', () => {
    const withdrawn = { to: 'withdrawn', at: instantOf('2021-06-01'), on: '2021-06-01' } as const;
    const filed = { to: 'filed', at: instantOf('2021-03-01'), on: '2021-03-01' } as const;
    const facts = someFacts({
      programmes: [
        aProgramme('g1', '2021-03-01', { states: [filed, withdrawn] }),
        aProgramme('g2', '2021-03-01', { states: [{ ...filed, to: 'submitted' }] }),
      ],
      apprentices: [anApprentice('a1'), anApprentice('a2', { programmeId: 'g2' })],
    });
    for (const id of ['g1', 'g2', 'none'])
      expect(countWithdrawalEffects(years(facts), id, district), id).to.deep.equal([]);
  });

  it('is what the figures then show', () => {
    let told = 0;
    fc.assert(
      fc.property(randomFacts, fc.integer({ min: 1, max: lastInstant }), fc.nat(20), (facts, at, pick) => {
        const picked = facts.programmes[pick % facts.programmes.length]!;
        const known = picked.states.filter((state) => state.at <= at);
        const states = [...known, { to: 'withdrawn' as const, at, on: '2021-12-31' }];
        const programmes = facts.programmes.map((one) => (one === picked ? { ...one, states } : one));
        const query = { ...district, cutOff: new Date(at) };
        const [before, after] = [buildYear(facts, 2021), buildYear({ ...facts, programmes }, 2021)];
        const effects = countWithdrawalEffects([before], picked.id, query);
        told += effects.length;
        const measures = [
          'filingEnterprises',
          'firstFilers',
          'newApprentices',
          'earlierApprentices',
        ] as const;
        for (const measure of measures) {
          const effect = effects.find((one) => one.measure === measure);
          const [was, is] = [before, after].map((year) => countMeasure(year, measure, query).value);
          expect(effect?.before ?? was, measure).to.equal(was);
          expect(effect?.after ?? was, measure).to.equal(is);
        }
      }),
      { numRuns: 300 },
    );
    expect(told).to.be.above(0);
  });
});
