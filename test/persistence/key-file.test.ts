// The key file when several processes start at once (ADR 0007): all of them must hold the same key.
import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addressOf, loaderOptions } from '../support/program.ts';

const run = promisify(execFile);

describe('persistence/key-file', function () {
  this.timeout(60_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-key-'));
  after(() => rmSync(root, { recursive: true, force: true }));

  it('is one file for processes that start at once, readable by its owner alone', async () => {
    const path = join(root, 'new', 'skillroll.key');
    const script = `
      import { ensureKeyFile, readCipher } from ${JSON.stringify(addressOf('src/persistence/cipher.ts'))};
      ensureKeyFile(process.argv[1]);
      console.log(readCipher(process.argv[1]).hash('document', 'one value'));`;
    const starts = Array.from({ length: 4 }, () =>
      run(process.execPath, [...loaderOptions, '--input-type=module', '--eval', script, path]),
    );
    const hashes = (await Promise.all(starts)).map(({ stdout }) => stdout);
    expect(new Set(hashes)).to.have.property('size', 1);
    expect(hashes[0]).to.match(/^[0-9a-f]{8}\.[\w-]{43}\n$/);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    expect(readdirSync(join(root, 'new'))).to.deep.equal(['skillroll.key']);
  });
});
