import { expect } from 'chai';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { openPageFile } from '../../../src/embedded-db/pages/page-file.ts';
import { open } from '../support/open.ts';

const WRITER = `
  const { openSync, readSync, writeSync } = require('node:fs');
  const { parentPort, workerData } = require('node:worker_threads');
  const file = openSync(workerData, 'r+');
  const head = Buffer.alloc(160);
  readSync(file, head, 0, 160, 0);
  for (let state = 1000n; ; state++) {
    for (const at of [136, 144, 152]) head.writeBigUInt64LE(state, at);
    writeSync(file, head, 24, 136, 24 + Number(state % 2n) * 8192);
    if (state === 1001n) parentPort.postMessage('begun');
    for (const until = performance.now() + 0.005; performance.now() < until;);
  }`;

describe('embedded-db/pages/page-file', function () {
  this.timeout(60_000);

  it('reads both head pages as they are at one moment, while they are written', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'skillroll-pages-'));
    const filled = await open();
    // Two commits: then both heads name a tree.
    for (let n = 0; n < 2; n++) await filled.db.collection('notes').insertOne({ n });
    copyFileSync(join(filled.dir, 'data.mdb'), join(dir, 'data.mdb'));
    await filled.close();
    const writer = new Worker(WRITER, { eval: true, workerData: join(dir, 'data.mdb') });
    await once(writer, 'message');
    const torn = [];
    for (const until = performance.now() + 2000; performance.now() < until;) {
      const file = openPageFile(dir);
      const said = file.heads.flatMap(({ root, lastPage, transaction }) => [root, lastPage, transaction]);
      const [newest] = said;
      if (said.join() !== [0, 0, 0, 1, 1, 1].map((before) => newest! - before).join()) torn.push(said);
      file.close();
    }
    await writer.terminate();
    rmSync(dir, { recursive: true });
    expect(torn).to.deep.equal([]);
  });
});
