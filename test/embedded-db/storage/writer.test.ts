// Commands that share a transaction: each of them is answered, whatever becomes of another.
import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../../../src/embedded-db/engine.ts';
import { tableKey } from '../../../src/embedded-db/keys/table-key.ts';
import type { WriteWork } from '../../../src/embedded-db/storage/writer.ts';

describe('embedded-db/storage/writer', () => {
  let dir: string;
  let engine: Engine;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'skillroll-writer-'));
    engine = new Engine({ dir, address: 'unused', durable: false });
  });
  afterEach(async () => {
    await engine.close();
    rmSync(dir, { recursive: true });
  });

  const key = (n: number): Buffer => tableKey(99, Buffer.of(n));
  function* put(n: number): WriteWork<number> {
    engine.store.view.put(key(n), Buffer.of(n));
    yield undefined;
    return n;
  }
  function* fail(): WriteWork<never> {
    throw new TypeError('a fault of the program');
  }

  it('refuses with a fault those that took part, writes nothing of them, and goes on with those behind', async () => {
    const told = await Promise.allSettled([put(1), fail(), put(2), put(3)].map(engine.writer.submit));
    expect(told.map(({ status }) => status)).to.deep.equal([
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect([1, 2, 3].map((n) => engine.store.view.get(key(n))?.[0])).to.deep.equal([undefined, 2, 3]);
    await engine.writer.idle();
  });

  it('is idle only when a work that pauses again and again has come to its end', async () => {
    let ended = false;
    function* long(): WriteWork<void> {
      const until = performance.now() + 120;
      while (performance.now() < until) yield undefined;
      ended = true;
    }
    void engine.writer.submit(long());
    await engine.writer.idle();
    expect(ended).to.equal(true);
  });
});
