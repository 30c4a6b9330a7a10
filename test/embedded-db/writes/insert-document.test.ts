// An insert that waits for a transaction.
import { expect } from 'chai';
import { indexesBy, inTransaction, openEngine, settled, type OpenedEngine } from '../support/engine.ts';

describe('embedded-db/writes/insert-document, waiting for a transaction', () => {
  let opened: OpenedEngine;
  beforeEach(() => (opened = openEngine()));
  afterEach(() => opened.close());

  it('has its entry in an index that was made meanwhile, and keeps to it', async () => {
    await opened.run({ insert: 'people', documents: [{ _id: 0, n: 7 }] });
    const taken = { insert: 'people', documents: [{ _id: 1 }, { _id: 2 }] };
    await opened.run({ ...taken, ...inTransaction(1, 1, true) });
    const entered = opened.run({ insert: 'people', documents: [{ _id: 1, n: 5 }] });
    const refused = opened.run({ insert: 'people', documents: [{ _id: 2, n: 7 }] });
    await settled();
    await opened.run(indexesBy('people', ['n'], { unique: true }));
    await opened.run({ abortTransaction: 1, ...inTransaction(1, 1) });
    expect(await entered).to.include({ n: 1 });
    expect(await refused).to.have.nested.property('writeErrors[0].code', 11000);
    expect(await opened.wrong()).to.deep.equal([]);
  });
});
