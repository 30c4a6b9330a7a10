import { expect } from 'chai';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { tableRange } from '../../src/embedded-db/keys/table-key.ts';
import {
  indexesBy,
  inSession,
  inTransaction,
  numbered,
  openEngine,
  settled,
  type OpenedEngine,
} from './support/engine.ts';

describe('embedded-db/engine', () => {
  it('takes the entries of a dropped index away, but not where the drop could not be committed', async () => {
    const opened = openEngine();
    await opened.run({ insert: 'people', documents: numbered(20) });
    await opened.run(indexesBy('people', ['n']));
    await opened.loseCommit({ dropIndexes: 'people', index: 'n' });
    expect(await opened.wrong()).to.deep.equal([]);
    const { catalog, store } = opened.engine;
    const { start, end } = tableRange(catalog.find('test.people')!.indexes[0]!.table);
    expect(store.view.count(start, end)).to.equal(20);

    expect(await opened.run({ dropIndexes: 'people', index: 'n' })).to.include({ ok: 1 });
    expect(await opened.wrong()).to.deep.equal([]);
    expect(store.view.count(start, end)).to.equal(0);
    expect(catalog.garbage()).to.deep.equal([]);
    await opened.close();
  });
});

// The descriptor by which LMDB writes the head of a file that it flushes commit by commit.
function headOf(dir: string): number {
  const O_DSYNC = 0o10000;
  for (const fd of readdirSync('/proc/self/fd')) {
    const info = `/proc/self/fdinfo/${fd}`;
    if (!existsSync(info) || readlinkSync(`/proc/self/fd/${fd}`) !== join(dir, 'data.mdb')) continue;
    const flags = parseInt(/flags:\s*(\d+)/.exec(readFileSync(info, 'utf8'))![1]!, 8);
    if ((flags & O_DSYNC) !== 0) return Number(fd);
  }
  throw new Error('the head of the file is written in another way');
}

describe('embedded-db/engine, whose LMDB cannot write the head of its file', () => {
  let opened: OpenedEngine;
  beforeEach(async function () {
    if (!existsSync('/proc/self/fdinfo') || !existsSync('/dev/full')) return this.skip();
    opened = openEngine({ durable: true });
    await opened.run({ insert: 'people', documents: numbered(3) });
  });
  afterEach(() => opened.close());

  // Until it is opened anew LMDB writes to a device that is always full.
  function breakHead(): void {
    const head = headOf(opened.dir);
    closeSync(head);
    // What is opened gets the lowest number that is free.
    const lower = [openSync('/dev/full', 'w')];
    while (lower.at(-1)! < head) lower.push(openSync('/dev/full', 'w'));
    expect(lower.pop()).to.equal(head);
    for (const other of lower) closeSync(other);
  }
  // Until it is brought back the file cannot be opened.
  function takeAway(): () => void {
    const path = join(opened.dir, 'data.mdb');
    renameSync(path, `${path}.gone`);
    mkdirSync(path);
    return () => {
      rmSync(path, { recursive: true });
      renameSync(`${path}.gone`, path);
    };
  }
  async function takesWritesAgain(): Promise<void> {
    const until = performance.now() + 5_000;
    for (let n = 0; ; n += 1) {
      const { ok } = await opened.run({ insert: 'people', documents: [{ _id: `later ${n}` }] });
      if (ok === 1) break;
      expect(performance.now()).to.be.below(until);
      await settled();
    }
    expect(await opened.wrong()).to.deep.equal([]);
  }
  const insert = (_id: unknown) => ({ insert: 'people', documents: [{ _id }] });
  const unwritten = { ok: 0, code: 14031 };
  const aborted = { ok: 0, code: 251, errorLabels: ['TransientTransactionError'] };

  it('opens it anew: transactions are aborted, what waited for them is refused, and writes are taken again', async () => {
    await opened.run({ ...insert('a'), ...inTransaction(1, 1, true) });
    await opened.run({ ...insert('b'), ...inTransaction(2, 1, true) });
    const waiting = opened.run(insert('a'));
    await settled();
    breakHead();
    const committing = { commitTransaction: 1, ...inTransaction(2, 1) };
    expect(await opened.run(committing)).to.include(unwritten);
    expect(await waiting).to.include(unwritten);
    await takesWritesAgain();
    expect(await opened.run(committing)).to.deep.include(aborted);
    expect(await opened.run({ ...insert('c'), ...inTransaction(1, 1) })).to.deep.include(aborted);
  });

  it('opens it once, whatever the refused commands had begun', async () => {
    const { store } = opened.engine;
    const { reopen } = store;
    let attempts = 0;
    store.reopen = () => ((attempts += 1), reopen());
    breakHead();
    const bringBack = takeAway();
    expect(await opened.run({ drop: 'people' })).to.include(unwritten);
    await settled();
    bringBack();
    await takesWritesAgain();
    expect(attempts).to.equal(2);
    expect((await opened.run({ find: 'people' })).cursor.firstBatch).to.have.length(4);
  });

  it('still knows a retryable write that was answered before', async () => {
    const add = { update: 'people', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }], ...inSession(1, 1) };
    const answer = await opened.run(add);
    breakHead();
    expect(await opened.run(insert('lost'))).to.include(unwritten);
    await takesWritesAgain();
    expect(await opened.run(add)).to.deep.equal(answer);
    const { cursor } = await opened.run({ find: 'people', filter: { _id: 1 } });
    expect(cursor.firstBatch[0]).to.include({ n: 2 });
  });

  it('can be closed while it waits for the file to be there again', async () => {
    breakHead();
    takeAway();
    expect(await opened.run(insert('lost'))).to.include(unwritten);
    await settled();
    await opened.engine.close();
  });
});
