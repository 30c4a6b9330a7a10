import { expect } from 'chai';
import fc from 'fast-check';
import { niceTicks } from '../../../src/web/charts/nice-ticks.ts';

describe('src/web/charts/nice-ticks', () => {
  it('ends above the highest value in round steps', () => {
    expect(niceTicks(6120)).to.deep.equal([0, 2000, 4000, 6000, 8000]);
    expect(niceTicks(3)).to.deep.equal([0, 1, 2, 3]);
    expect(niceTicks(10)).to.deep.equal([0, 5, 10]);
    expect(niceTicks(0)).to.deep.equal([0, 1]);
  });

  it('is few, even, rising and whole for every count', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (max) => {
        const ticks = niceTicks(max);
        const step = ticks[1] ?? 0;
        expect(ticks[0]).to.equal(0);
        expect(ticks.at(-1)).to.be.at.least(max);
        expect(ticks.at(-2)).to.be.below(max);
        expect(ticks.length).to.be.within(2, 6);
        ticks.forEach((tick, index) => expect(tick).to.equal(index * step));
        expect(Number.isInteger(step)).to.equal(true);
      }),
    );
  });
});
