// System calls on the data file that fail: every flush, or some of them.
import { expect } from 'chai';
import { cannotInject, FAILINGS, withFailingCalls } from './support/failing-calls.ts';

describe('embedded-db/failing-calls', function () {
  this.timeout(180_000);
  for (const failing of FAILINGS)
    it(`${failing.calls} with ${failing.error}: refused in words, read on, nothing acknowledged lost, written again afterwards`, async function () {
      if (cannotInject() !== null) return this.skip();
      const { acknowledged, reads, refused, faults } = await withFailingCalls(failing);
      expect(faults).to.deep.equal([]);
      expect([...refused.keys()].join('\n')).to.include('the disk is full or cannot be written');
      expect(acknowledged).to.be.at.least(30);
      expect(reads).to.be.above(0);
    });
});
