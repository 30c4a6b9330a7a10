import { expect } from 'chai';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCheckpoints, writeCheckpoint } from '../../../src/persistence/trail/checkpoint-files.ts';
import { openSigner, signingKeyFile } from '../../../src/persistence/trail/signing-key.ts';

describe('persistence/trail/checkpoint-files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'skillroll-checkpoints-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('leaves what another process of the same number is about to write beside it alone', () => {
    const keyFile = join(folder, 'skillroll.key');
    // Each container counts its processes from 1.
    const theirs = [signingKeyFile(keyFile), join(folder, 'day.json')].map(
      (path) => `${path}.${process.pid}`,
    );
    for (const path of theirs) writeFileSync(path, 'theirs');
    const head = { number: 1, hash: 'ab'.repeat(32) };
    const path = writeCheckpoint(folder, 'day', { signer: openSigner(keyFile), head, now: new Date() });
    for (const other of theirs) expect(readFileSync(other, 'utf8')).to.equal('theirs');
    expect(readCheckpoints(path, null)).to.have.length(1);
    expect(readdirSync(folder)).to.have.length(6);
  });
});
