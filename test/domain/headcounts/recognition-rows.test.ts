// F17 to F19 clause by clause.
import { expect } from 'chai';
import { aRecognition, instantOf, someFacts } from './build-facts.ts';
import { moved, numbers } from './moved-figures.ts';

describe('domain/headcounts/recognition-rows', () => {
  const first = aRecognition('r1');
  const base = someFacts({ recognitions: [first] });
  const adding = (...more: ReturnType<typeof aRecognition>[]) => ({
    ...base,
    recognitions: [first, ...more],
  });

  it('counts first recognitions of the kind and tier', () => {
    expect(numbers(base)).to.include({ F17: 0, F18: 1, F19: 0 });
    const rural = aRecognition('r2', { subjectId: 'studio2', kind: 'rural_talent', tier: 'provincial' });
    const platform = aRecognition('r3', { subjectId: 'platform1', kind: 'training_platform' });
    expect(moved(base, adding(rural, platform))).to.deep.equal({ F17: 1, F19: 1 });
  });

  it('a renewal adds nothing, this year or the next', () => {
    expect(moved(base, adding(aRecognition('r2', { recognisedOn: '2021-12-01' })))).to.deep.equal({});
    expect(moved(base, adding(aRecognition('r2', { recognisedOn: '2022-09-01' })), 2022)).to.deep.equal({});
  });

  it('an upgrade counts at the new tier and leaves the old', () => {
    const rural = aRecognition('r2', { subjectId: 'studio2', kind: 'rural_talent' });
    const upgraded = aRecognition('r3', {
      ...rural,
      id: 'r3',
      tier: 'provincial',
      recognisedOn: '2021-11-01',
    });
    expect(moved(adding(rural), adding(rural, upgraded))).to.deep.equal({ F17: 1 });
    expect(moved(base, adding(aRecognition('r4', { tier: 'provincial' })))).to.deep.equal({});
  });

  it('an annulled recognition does not count from its annulment on', () => {
    const annulled = { ...base, recognitions: [{ ...first, annulledAt: instantOf('2022-02-01') }] };
    expect(moved(base, annulled)).to.deep.equal({ F18: -1 });
    expect(numbers(annulled, 2021, new Date(instantOf('2022-01-31')))).to.include({ F18: 1 });
  });
});
