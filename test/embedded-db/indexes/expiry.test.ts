// What expires, while a transaction changes it.
import { expect } from 'chai';
import { indexesBy, inTransaction, openEngine, settled, type OpenedEngine } from '../support/engine.ts';

describe('embedded-db/indexes/expiry, waiting for a transaction', () => {
  let opened: OpenedEngine;
  beforeEach(() => (opened = openEngine()));
  afterEach(() => opened.close());

  it('leaves a document that the transaction took out of a partial index', async () => {
    const [kept, expired] = [1, 2].map((_id) => ({ _id, at: new Date(0), state: 'draft' }));
    await opened.run({ insert: 'notes', documents: [kept, expired] });
    const drafts = { expireAfterSeconds: 1, partialFilterExpression: { state: 'draft' } };
    await opened.run(indexesBy('notes', ['at'], drafts));
    const publish = { update: 'notes', updates: [{ q: { _id: 1 }, u: { $set: { state: 'published' } } }] };
    await opened.run({ ...publish, ...inTransaction(1, 1, true) });
    const swept = opened.run({ skillrollSweep: 1 });
    await settled();
    await opened.run({ commitTransaction: 1, ...inTransaction(1, 1) });
    expect(await swept).to.include({ deleted: 1 });
    expect((await opened.run({ find: 'notes' })).cursor.firstBatch).to.have.length(1);
  });
});
