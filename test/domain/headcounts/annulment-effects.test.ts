// What the page says beforehand must be what then happens.
import { expect } from 'chai';
import fc from 'fast-check';
import { buildYear, countAnnulmentEffects, countFigures } from '../../../src/domain/headcounts/index.ts';
import { aRecognition, instantOf, someFacts } from './build-facts.ts';
import { district, effectWords, years } from './effect-words.ts';
import { lastInstant, randomFacts } from './random-facts.ts';

describe('domain/headcounts/annulment-effects', () => {
  it('names every number that changes, in every year, with its months', () => {
    const facts = someFacts({
      recognitions: [
        aRecognition('r1', { recognisedOn: '2021-06-01' }),
        aRecognition('r2', { recognisedOn: '2022-09-01' }),
        aRecognition('r3', { subjectId: 'p', kind: 'training_platform', recognisedOn: '2021-03-01' }),
      ],
    });
    const effects = (id: string) => countAnnulmentEffects(years(facts), id, district).map(effectWords);
    expect(effects('r1'), 'the later one becomes the first').to.deep.equal([
      '2021 F18 districtSkillMasterStudios 1→0 (6: 1→0)',
      '2022 F18 districtSkillMasterStudios 0→1 (9: 0→1)',
    ]);
    expect(effects('r2')).to.deep.equal([]);
    expect(effects('r3')).to.deep.equal(['2021 F19 districtTrainingPlatforms 1→0 (3: 1→0)']);
  });

  it('is empty for a recognition that counts nowhere', () => {
    const facts = someFacts({
      recognitions: [
        aRecognition('r1', { annulledAt: instantOf('2022-01-01') }),
        aRecognition('r2', { subjectId: 'other', tier: 'municipal' }),
      ],
    });
    for (const id of ['r1', 'r2', 'none'])
      expect(countAnnulmentEffects(years(facts), id, district), id).to.deep.equal([]);
  });

  it('is what the figures then show', () => {
    let told = 0;
    fc.assert(
      fc.property(randomFacts, fc.integer({ min: 1, max: lastInstant }), fc.nat(20), (facts, at, pick) => {
        const picked = facts.recognitions[pick % facts.recognitions.length];
        fc.pre(picked !== undefined && (picked.annulledAt ?? Infinity) > at);
        const recognitions = facts.recognitions.map((one) =>
          one === picked ? { ...one, annulledAt: at } : one,
        );
        const query = { ...district, cutOff: new Date(at) };
        const [before, after] = [buildYear(facts, 2021), buildYear({ ...facts, recognitions }, 2021)];
        const effects = countAnnulmentEffects([before], picked!.id, query);
        told += effects.length;
        const values = (year: typeof before) =>
          new Map(countFigures(year, query).map((one) => [one.code, one.recorded ? one.value : null]));
        const [was, is] = [values(before), values(after)];
        for (const code of ['F17', 'F18', 'F19']) {
          const effect = effects.find((one) => one.code === code);
          expect(effect?.before ?? was.get(code), code).to.equal(was.get(code));
          expect(effect?.after ?? was.get(code), code).to.equal(is.get(code));
        }
      }),
      { numRuns: 300 },
    );
    expect(told).to.be.above(0);
  });
});
