// A short run of `npm run differential`: random commands with and without indexes, in and outside transactions.
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../../src/embedded-db/engine.ts';
import { game, play } from './differential/play.ts';

describe('embedded-db/differential', function () {
  this.timeout(60_000);
  const dir = mkdtempSync(join(tmpdir(), 'skillroll-differential-'));
  let engine: Engine;
  before(() => {
    engine = new Engine({ dir, address: 'unused', durable: false });
  });
  after(async () => {
    await engine.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('answers the same with indexes as without, and every index entry has its document', async () => {
    await fc.assert(
      fc.asyncProperty(game, async (one) => {
        const wrong = await play(engine, one);
        if (wrong !== null) throw new Error(wrong);
      }),
      { numRuns: 40 },
    );
  });
});
