// Commits that fail, and commands of one session that meet.
import { expect } from 'chai';
import {
  inSession,
  inTransaction,
  numbered,
  openEngine,
  settled,
  type OpenedEngine,
} from '../support/engine.ts';

describe('embedded-db/session/dispatch, where commands meet', () => {
  let opened: OpenedEngine;
  beforeEach(async () => {
    opened = openEngine();
    await opened.run({ insert: 'people', documents: numbered(3) });
  });
  afterEach(() => opened.close());
  const commit = { commitTransaction: 1, ...inTransaction(1, 1) };
  const abort = { abortTransaction: 1, ...inTransaction(1, 1) };
  const made = { insert: 'people', documents: [{ _id: 'new' }] };
  const find = async (_id: unknown) =>
    (await opened.run({ find: 'people', filter: { _id } })).cursor.firstBatch;

  it('a commit that failed is an abort: its error has no label, asked again it is gone, its locks are free', async () => {
    await opened.run({ ...made, ...inTransaction(1, 1, true) });
    const waiting = opened.run(made);
    await settled();
    const [first, second] = await Promise.all([opened.run(commit), opened.run(commit), opened.loseCommit()]);
    for (const answer of [first, second]) {
      expect(answer).to.include({ ok: 0, errmsg: 'the disk is full' });
      expect(answer).not.to.have.property('errorLabels');
    }
    const gone = { ok: 0, code: 251, errorLabels: ['TransientTransactionError'] };
    expect(await opened.run(commit)).to.deep.include(gone);
    expect(await opened.run(abort)).to.deep.include(gone);
    expect(await waiting).to.include({ ok: 1, n: 1 });
  });

  it('what belongs to a transaction by halves is refused, and not run outside it', async () => {
    const { lsid } = inSession(1, 1) as { lsid: object };
    const txnNumber = 1n;
    const halves: [object, number][] = [
      [{ lsid, txnNumber: 1, autocommit: false, startTransaction: true }, 14],
      [{ lsid: { id: 5 }, txnNumber, autocommit: false, startTransaction: true }, 14],
      [{ txnNumber, autocommit: false, startTransaction: true }, 72],
      [{ lsid, autocommit: false, startTransaction: true }, 72],
      [{ lsid, txnNumber, autocommit: true }, 72],
      [{ lsid, txnNumber, startTransaction: true }, 72],
    ];
    for (const [fields, code] of halves)
      expect(await opened.run({ ...made, ...fields })).to.include({ ok: 0, code });
    expect(await find('new')).to.deep.equal([]);
  });

  it('an abort that comes while the commit is made is told that it is committed', async () => {
    await opened.run({ ...made, ...inTransaction(1, 1, true) });
    const [committed, aborted] = await Promise.all([opened.run(commit), opened.run(abort)]);
    expect(committed).to.include({ ok: 1 });
    expect(aborted).to.include({ ok: 0, code: 256 });
    expect(await find('new')).to.have.length(1);
  });

  it('makes none of the collections of a transaction where one of them is there meanwhile', async () => {
    const into = (name: string) => ({ insert: name, documents: [{ _id: 1 }] });
    await opened.run({ ...into('one'), ...inTransaction(1, 1, true) });
    await opened.run({ ...into('two'), ...inTransaction(1, 1) });
    await opened.run({ create: 'two' });
    expect(await opened.run(commit)).to.deep.include({
      ok: 0,
      code: 246,
      errorLabels: ['TransientTransactionError'],
    });
    expect(opened.engine.catalog.find('test.one')).to.equal(undefined);
  });

  it('a retryable write that comes again while it waits, or after it failed, is done once at most', async () => {
    const add = { update: 'people', updates: [{ q: { _id: 1 }, u: { $inc: { n: 10 } } }] };
    const write = { ...add, ...inSession(1, 1) };
    const [first, second] = await Promise.all([opened.run(write), opened.run(write)]);
    expect([first, second, await opened.run(write)]).to.deep.equal([first, first, first]);
    const lost = { ...add, ...inSession(1, 2) };
    const [refused] = await Promise.all([opened.run(lost), opened.loseCommit()]);
    expect(await opened.run(lost)).to.deep.equal(refused);
    expect(await find(1)).to.have.nested.property('[0].n', 11);
  });
});
