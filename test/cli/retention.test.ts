import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { developmentConfig } from '../../src/config.ts';
import { openProduct } from '../../src/server.ts';
import { runCommand } from '../support/commands.ts';

describe('cli/retention', function () {
  this.timeout(120_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-retention-'));
  const dir = join(root, 'records');
  const keyFile = join(root, 'records.key');
  const config = developmentConfig({
    dataDir: dir,
    keyFile,
    sessionSecret: 'a secret for the tests only, 32+',
    logLevel: 'silent',
  });
  const open = () => openProduct(config, { durable: false, passwordCost: 4, expire: false });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('says what is due, then does it, also while the folder is being served, and needs folder and key', async () => {
    const product = await open();
    const { deps } = product;
    const long = new Date(Date.now() - 3 * 86_400_000);
    for (const text of ['王', '李'])
      await deps.transaction(() => deps.peopleSearches.keep('somebody', text, long));
    const dry = await runCommand('src/cli/retention.ts', ['--data', dir, '--dry-run']);
    expect(dry.code, dry.out).to.equal(0);
    expect(dry.out)
      .to.match(/searches +last used before [\d-]+: 2 due/)
      .and.include('nothing was changed');
    expect(await deps.peopleSearches.model.countDocuments({})).to.equal(2);
    const done = await runCommand('src/cli/retention.ts', ['--json'], { SKILLROLL_DATA: dir });
    const { dryRun, kinds } = JSON.parse(done.out) as {
      dryRun: boolean;
      kinds: { code: string; count: number }[];
    };
    expect(dryRun).to.equal(false);
    expect(kinds.find(({ code }) => code === 'searches')!.count).to.equal(2);
    expect(await deps.peopleSearches.model.countDocuments({})).to.equal(0);
    const [destruction] = await deps.destructions.list({ skip: 0, limit: 5 });
    expect(destruction).to.include({ code: 'searches', count: 2, byName: 'command line' });
    await product.close();
    const keyless = await runCommand('src/cli/retention.ts', ['--data', dir, '--key', join(root, 'none')]);
    expect(keyless.code).to.equal(1);
    expect(keyless.out).to.include('no key file');
    const nowhere = await runCommand('src/cli/retention.ts', ['--data', join(root, 'none')]);
    expect(nowhere.code).to.equal(1);
  });
});
