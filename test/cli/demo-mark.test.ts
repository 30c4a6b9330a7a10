// A demo stays a demo where its data goes: everybody knows the passwords of its accounts.
import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentConfig } from '../../src/config.ts';
import { openProduct } from '../../src/server.ts';
import { anActor } from '../support/builders.ts';
import { runCommand, type Ended } from '../support/commands.ts';

describe('cli: a demo whose data went elsewhere', function () {
  this.timeout(120_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-marked-'));
  const [dir, backup, restored, salvaged] = ['demo', 'backup', 'restored', 'salvaged'].map((name) =>
    join(root, name),
  ) as [string, string, string, string];
  const config = (dataDir: string) =>
    developmentConfig({
      dataDir,
      keyFile: `${dir}.key`,
      sessionSecret: 'a secret for the tests only, 32+',
      logLevel: 'silent',
    });
  after(() => rmSync(root, { recursive: true, force: true }));
  const done = async (script: string, ...args: string[]): Promise<void> => {
    const { code, out } = await runCommand(script, args);
    expect(code, out).to.equal(0);
  };

  before(async () => {
    const product = await openProduct(config(dir), { demo: true, durable: false, passwordCost: 4 });
    const { deps } = product;
    await anActor(deps, 'auditor');
    const long = new Date(Date.now() - 3 * 86_400_000);
    await deps.transaction(() => deps.peopleSearches.keep('somebody', '王', long));
    await product.close();
    await done('src/cli/backup.ts', '--data', dir, '--to', backup);
    await done('src/cli/restore.ts', '--from', backup, '--data', restored);
    await done('src/cli/db-salvage.ts', '--data', dir, '--to', salvaged);
  });

  it('is not served as production, and not moved, not even announced', async () => {
    const uri = 'mongodb://127.0.0.1:1/skillroll?replicaSet=rs0';
    const refused = await Promise.all([
      ...[restored, salvaged].map(production),
      runCommand('src/cli/db-move.ts', ['--to', uri, '--data', dir, '--dry-run']),
    ]);
    expect(refused.map(({ code }) => code)).to.deep.equal([78, 78, 1]);
    for (const { out } of refused) expect(out).to.match(/^[^\n]* a demo[^\n]*\n$/);
  });

  it('loses nothing to the retention of a past year but files', async () => {
    const { code, out } = await runCommand('src/cli/retention.ts', ['--data', restored], {
      KEY_FILE: `${dir}.key`,
    });
    expect(code, out).to.equal(0);
    expect(out)
      .to.include('the records of a demo')
      .and.include('expiredFiles')
      .and.not.include('contactData');
    const product = await openProduct(config(restored), { durable: false });
    expect(await product.deps.peopleSearches.model.countDocuments({})).to.equal(1);
    await product.close();
  });

  const production = (dataDir: string): Promise<Ended> =>
    runCommand('src/main.ts', [], {
      SKILLROLL_DATA: dataDir,
      PUBLIC_URL: 'http://skills.example',
      SESSION_SECRET: 'x'.repeat(40),
      KEY_FILE: `${dir}.key`,
      PORT: '1',
    });
});
