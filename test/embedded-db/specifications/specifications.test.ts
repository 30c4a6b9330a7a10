// MongoDB's own driver tests against the embedded server, where their folder lies beside the project.
import { expect } from 'chai';
import { specificationsFolder } from './folder.ts';
import { openPlace } from './open-place.ts';
import { runSuite, type Place } from './run-suite.ts';
import { FLOORS } from './suites.ts';

describe('embedded-db/specifications', function () {
  this.timeout(60_000);
  const specifications = specificationsFolder();
  let place: Place & { close(): Promise<void> };

  before(async function () {
    if (specifications === null) this.skip();
    place = await openPlace();
  });
  after(async () => place?.close());

  for (const [suite, floor] of Object.entries(FLOORS))
    it(`${suite}: ${floor} tests pass, and each other has a reason of the list`, async () => {
      const { passed, unpassed } = await runSuite(specifications!, suite, place);
      const unexplained = unpassed.filter(({ reason }) => reason === null);
      expect(unexplained.map(({ test, said }) => `${test}: ${said}`)).to.deep.equal([]);
      expect(passed).to.be.at.least(floor);
    });
});
