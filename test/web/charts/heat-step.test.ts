import { expect } from 'chai';
import { heatStep } from '../../../src/web/charts/heat-step.ts';

describe('src/web/charts/heat-step', () => {
  it('goes from none to the highest in five steps', () => {
    expect([null, 0, 1, 20, 21, 100].map((value) => heatStep(value, 100))).to.deep.equal([0, 0, 1, 1, 2, 5]);
    expect(heatStep(3, 0)).to.equal(0);
  });
});
