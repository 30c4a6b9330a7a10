// A short, seeded form of `npm run fuzz`.
import { expect } from 'chai';
import { malformedKinds, openTarget } from './send-malformed.ts';

describe('fuzz/malformed', function () {
  this.timeout(180_000);
  let target: Awaited<ReturnType<typeof openTarget>>;
  before(async () => {
    target = await openTarget();
  });
  after(() => target?.close());

  for (const kind of malformedKinds)
    it(`answers malformed requests of the kind ${kind} in words, and changes nothing by halves`, async () => {
      const tally = await target.send(kind, 120, 20210507);
      expect([...tally.values()].reduce((sum, count) => sum + count, 0)).to.equal(120);
      expect(tally.size, 'different answers').to.be.above(1);
    });
});
