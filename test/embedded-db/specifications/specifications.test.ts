// MongoDB's own driver tests against the embedded server, where their folder lies beside the project.
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { runCorpus } from './bson-corpus.ts';
import { specificationsFolder } from './folder.ts';
import { openPlace } from './open-place.ts';
import { reasonOf } from './reasons.ts';
import { runSuite, type Place, type SuiteResult } from './run-suite.ts';
import { CORPUS_FLOOR, FLOORS } from './suites.ts';

describe('embedded-db/specifications', () => {
  it('passes as many as the table of the README says', () => {
    const readme = readFileSync('src/embedded-db/README.md', 'utf8');
    const told = [...readme.matchAll(/^\| ([a-z-]+) +\| (\d+) +\|/gm)].map(([, suite, n]) => [
      suite,
      Number(n),
    ]);
    expect(told).to.deep.equal([...Object.entries(FLOORS), ['bson-corpus', CORPUS_FLOOR]]);
  });
});

describe('embedded-db/specifications/reasons', () => {
  it('explain what the list names and nothing else', () => {
    expect(reasonOf('a collation is not supported by the embedded database')).to.equal('collation');
    expect(reasonOf('the operation createChangeStream')).to.equal('change streams');
    expect(reasonOf('insertOne: result.n: expected 1, got 2')).to.equal(null);
    expect(reasonOf('The stage $bucketAuto is not supported by the embedded database')).to.equal(null);
  });
});

describe('embedded-db/specifications of MongoDB', function () {
  this.timeout(60_000);
  const specifications = specificationsFolder();
  let place: Place & { close(): Promise<void> };

  before(async function () {
    if (specifications === null) this.skip();
    place = await openPlace();
  });
  after(async () => place?.close());

  it('bson-corpus: every valid document comes back byte for byte, every malformed one is refused', async () => {
    holds(await runCorpus(specifications!, place.uri), CORPUS_FLOOR);
  });

  for (const [suite, floor] of Object.entries(FLOORS))
    it(`${suite}: ${floor} tests pass, and each other has a reason of the list`, async () =>
      holds(await runSuite(specifications!, suite, place), floor));
});

function holds({ passed, unpassed }: SuiteResult, floor: number): void {
  const unexplained = unpassed.filter(({ reason }) => reason === null);
  expect(unexplained.map(({ test, said }) => `${test}: ${said}`)).to.deep.equal([]);
  expect(passed).to.be.at.least(floor);
}
