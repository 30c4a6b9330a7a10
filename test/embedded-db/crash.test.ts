import { expect } from 'chai';
import { faultsIn, nothingYet, openingAccounts } from './support/crash-facts.ts';
import { crashRounds } from './support/crash-rounds.ts';

const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 6);

describe('embedded-db/crash', () => {
  it(`loses nothing acknowledged and leaves nothing half-applied when killed ${ROUNDS} times`, async function () {
    this.timeout(20_000 + ROUNDS * 10_000);
    const { counts, faults } = await crashRounds(ROUNDS);
    expect(faults.slice(0, 5)).to.deep.equal([]);
    const writing = counts.get('kills while writing') ?? 0;
    expect(writing + (counts.get('kills while starting or checking') ?? 0)).to.equal(ROUNDS);
    for (const what of ['inserted', 'deleted', 'transfers'])
      expect(counts.get(what), what).to.be.at.least(writing * 3);
  });

  it('would notice a lost write, an undone delete, half a transaction and a counter gone back', () => {
    const stored = {
      items: [{ _id: 'undone' }],
      fleeting: [],
      counters: [{ _id: 'counter 0', value: 4 }],
      accounts: openingAccounts,
      transfers: [{ _id: 'half', from: 'account 1', to: 'account 2', amount: 3 }],
      mirror: [{ _id: 'account 1', sum: 5, twice: 9 }],
    };
    const known = {
      inserted: ['lost'],
      deleted: ['undone'],
      transfers: ['gone'],
      kept: ['swept'],
      counters: { 'counter 0': 5 },
    };
    expect(faultsIn(stored, known)).to.have.length(8);
    expect(faultsIn({ ...stored, transfers: [], mirror: [] }, nothingYet())).to.deep.equal([]);
  });
});
