import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentConfig } from '../../src/config.ts';
import { district } from '../../src/domain/accounts/scope.ts';
import { openProduct } from '../../src/server.ts';
import { runCommand, type Ended } from '../support/commands.ts';

describe('cli/create-account', function () {
  this.timeout(120_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-account-'));
  const dir = join(root, 'office');
  const settings = {
    SKILLROLL_DATA: dir,
    PUBLIC_URL: 'https://skills.example',
    SESSION_SECRET: 'x'.repeat(40),
    KEY_FILE: `${dir}.key`,
  };
  const create = (args: readonly string[], given: Partial<typeof settings> = settings): Promise<Ended> =>
    runCommand('src/cli/create-account.ts', args, given);
  after(() => rmSync(root, { recursive: true, force: true }));

  it('begins an installation where --new says so, and nowhere else', async () => {
    const mistyped = await create(['--user', 'first']);
    expect(mistyped.code).to.equal(1);
    expect(mistyped.out).to.match(/^There are no records in [^\n]*--new\.\n$/);
    expect(existsSync(dir) || existsSync(settings.KEY_FILE)).to.equal(false);
    const made = await create(['--user', 'first', '--new']);
    expect(made.code, made.out).to.equal(0);
    expect(made.out).to.match(
      /Account first \(systemAdministrator\) made[^\n]*\nhttps:\/\/skills\.example\//,
    );
  });

  it('makes accounts while the application serves, and says in words what it cannot take', async () => {
    const config = developmentConfig({
      dataDir: dir,
      keyFile: settings.KEY_FILE,
      sessionSecret: 'x'.repeat(40),
      logLevel: 'silent',
    });
    const product = await openProduct(config, { durable: false });
    const made = await create(['--user', 'second', '--role', 'auditor']);
    const accounts = await product.deps.accounts.find(district, {}, { sort: { userName: 1 } });
    const refused = await Promise.all([
      create(['--user', 'First', '--role', 'auditor']),
      create(['--user', 'third', '--role', 'evaluatorStaff', '--organisation', 'none']),
    ]);
    await product.close();
    expect(made.code, made.out).to.equal(0);
    expect(accounts.map(({ userName, role }) => `${userName} ${role}`)).to.deep.equal([
      'first systemAdministrator',
      'second auditor',
    ]);
    expect(refused[0]).to.deep.equal({ code: 1, out: '--user: This user name is taken. Choose another.\n' });
    expect(refused[1]!.code).to.equal(1);
    expect(refused[1]!.out).to.match(/^--organisation: [A-Z][^\n]*\.\n$/);
  });

  it('answers what it is not asked for in sentences, without a stack', async () => {
    const ends = await Promise.all([create(['--help']), create([]), create(['--user', 'third'], {})]);
    expect(ends.map(({ code }) => code)).to.deep.equal([1, 1, 1]);
    expect(ends[0]!.out).to.include('--help is not known here');
    expect(ends[1]!.out).to.include('Say who: --user NAME');
    expect(ends[2]!.out).to.include('KEY_FILE is missing');
    for (const { out } of ends) expect(out).to.not.match(/\n\s+at /);
  });
});
