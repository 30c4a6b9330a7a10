// One rule for all commands: which records they work on, and with which keys.
import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureKeyFile } from '../../src/persistence/cipher.ts';
import { developmentConfig } from '../../src/config.ts';
import { anEvaluator, peopleOf } from '../support/certificates.ts';
import { runCommand } from '../support/commands.ts';
import { openFolderWorld } from '../support/world.ts';

const commands = [
  ['src/cli/bulletin.ts', '--year', '2021'],
  ['src/cli/audit-verify.ts'],
  ['src/cli/audit-checkpoint.ts', '--to', 'nowhere'],
  ['src/cli/keys-rotate.ts'],
  ['src/cli/retention.ts'],
  ['src/cli/sweep-duplicates.ts'],
] as const;

describe('cli/with-records', function () {
  this.timeout(120_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-records-'));
  const none = join(root, 'none');
  after(() => rmSync(root, { recursive: true, force: true }));

  /** What every command says, the same by all of them. */
  async function saidByAll(args: readonly string[], settings: Record<string, string>): Promise<string> {
    const ends = await Promise.all(
      commands.map(([script, ...own]) => runCommand(script, [...own, ...args], settings)),
    );
    expect(ends.map(({ code }) => code)).to.deep.equal(commands.map(() => 1));
    const [said, ...others] = [...new Set(ends.map(({ out }) => out))];
    expect(others).to.deep.equal([]);
    return said!;
  }

  it('takes --data before MONGODB_URI, and SKILLROLL_DATA where that is empty', async () => {
    const nobody = { MONGODB_URI: 'mongodb://127.0.0.1:1/skillroll' };
    expect(await saidByAll(['--data', none], nobody)).to.include(`There are no records in ${none}.`);
    expect(await saidByAll([], { MONGODB_URI: '', SKILLROLL_DATA: none })).to.include(none);
    const unnamed = await runCommand('src/cli/audit-verify.ts', ['--data'], { SKILLROLL_DATA: none });
    expect(unnamed).to.deep.equal({ code: 1, out: 'Say which folder: --data DIR.\n' });
  });

  it('refuses the keys of other data, and leaves that file as it is', async () => {
    const dir = join(root, 'records');
    const world = await openFolderWorld(
      developmentConfig({
        dataDir: dir,
        keyFile: `${dir}.key`,
        sessionSecret: 'a secret for the tests only, 32+',
        logLevel: 'silent',
      }),
    );
    await peopleOf(world.deps, await anEvaluator(world.deps), ['周八']);
    await world.close();
    const other = join(root, 'other.key');
    ensureKeyFile(other);
    const keys = readFileSync(other, 'utf8');
    for (const script of ['src/cli/keys-rotate.ts', 'src/cli/sweep-duplicates.ts']) {
      const { code, out } = await runCommand(script, ['--data', dir, '--key', other]);
      expect(code, out).to.equal(1);
      expect(out).to.include(`The key file ${other} is not the one of this data`);
    }
    expect(readFileSync(other, 'utf8')).to.equal(keys);
    expect((await runCommand('src/cli/keys-rotate.ts', ['--data', dir])).out).to.include('are rotated');
  });
});
