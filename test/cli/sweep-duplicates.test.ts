import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { developmentConfig } from '../../src/config.ts';
import { openProduct } from '../../src/server.ts';
import { runCommand } from '../support/commands.ts';
import { openPairs, twins } from '../support/duplicates.ts';

describe('cli/sweep-duplicates', function () {
  this.timeout(120_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-duplicates-'));
  const dir = join(root, 'records');
  const keyFile = join(root, 'records.key');
  after(() => rmSync(root, { recursive: true, force: true }));

  it('lists pairs on record beside a running server, nobody twice, and needs folder and key', async () => {
    const config = developmentConfig({
      dataDir: dir,
      keyFile,
      sessionSecret: 'a secret for the tests only, 32+',
      logLevel: 'silent',
    });
    const product = await openProduct(config, {
      durable: false,
      passwordCost: 4,
      expire: false,
      now: () => new Date(Date.now() - 3_600_000),
    });
    const { deps } = product;
    const pair = await twins(deps);
    await deps.duplicates.model.deleteMany({});
    const done = await runCommand('src/cli/sweep-duplicates.ts', ['--data', dir]);
    expect(done.code, done.out).to.equal(0);
    expect(done.out).to.include("2 persons compared, 1 new pairs on the bureau's list");
    expect((await openPairs(deps)).map(({ id }) => id)).to.deep.equal([pair.duplicateId]);
    const again = await runCommand('src/cli/sweep-duplicates.ts', ['--all', '--json'], {
      SKILLROLL_DATA: dir,
    });
    expect(JSON.parse(again.out)).to.deep.equal({ compared: 2, found: 0 });
    await product.close();
    const keyless = await runCommand('src/cli/sweep-duplicates.ts', [
      '--data',
      dir,
      '--key',
      join(root, 'none'),
    ]);
    expect(keyless.code).to.equal(1);
    expect(keyless.out).to.include('no key file');
  });
});
