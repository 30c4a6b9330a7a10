// Which key file a database is opened with: its own, and new keys only where nothing is on record (ADR 0007).
import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentConfig } from '../../src/config.ts';
import { openProduct } from '../../src/server.ts';
import { openKeys } from '../../src/persistence/open-keys.ts';
import { ensureKeyFile, readKeyFile } from '../../src/persistence/cipher.ts';
import { anActor } from '../support/builders.ts';
import { openTestDatabase } from '../support/database.ts';
import { anEvaluator, peopleOf } from '../support/certificates.ts';

describe('persistence/open-keys', function () {
  this.timeout(60_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-keys-'));
  const own = join(root, 'own.key');
  after(() => rmSync(root, { recursive: true, force: true }));

  const open = (folder: string, keyFile: string) =>
    openProduct(
      developmentConfig({
        dataDir: join(root, folder),
        keyFile,
        sessionSecret: 'a secret for the tests only, 32+',
        logLevel: 'silent',
      }),
      { durable: false, passwordCost: 4 },
    );
  const refusal = async (folder: string, keyFile: string): Promise<string> => {
    try {
      await (await open(folder, keyFile)).close();
      return 'opened';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('makes keys for a new database, and none where an account is on record already', async () => {
    const product = await open('accounts', own);
    await anActor(product.deps, 'auditor');
    await product.close();
    const typo = join(root, 'typo.key');
    expect(await refusal('accounts', typo))
      .to.include(`There is no key file at ${typo}`)
      .and.include('KEY_FILE');
    expect(existsSync(typo)).to.equal(false);
    expect(await refusal('accounts', own)).to.equal('opened');
  });

  it('refuses a key file that is another one than the data’s', async () => {
    const product = await open('people', own);
    await peopleOf(product.deps, await anEvaluator(product.deps), ['周八']);
    await product.close();
    const other = join(root, 'other.key');
    ensureKeyFile(other);
    expect(await refusal('people', other)).to.include(`The key file ${other} is not the one of this data`);
    expect(await refusal('people', own)).to.equal('opened');
  });

  it('lets one of two processes in that begin with a key file each', async () => {
    const { connection, drop } = await openTestDatabase();
    const files = ['first.key', 'second.key'].map((name) => join(root, name));
    const opened = await Promise.all(
      files.map((file) => openKeys(connection, file, { make: true }).then(String, (error: Error) => error)),
    );
    const errors = opened.filter((one) => one instanceof Error);
    expect(errors.map((error) => error.message).join()).to.match(
      /^There is no key file at \S+, and new keys would open nothing|^The key file \S+ is not the one of this data/,
    );
    expect(errors).to.have.length(1);
    const [own] = files.filter((_, index) => !(opened[index] instanceof Error));
    await openKeys(connection, own!, { make: true });
    await drop();
  });

  it('says of a file that holds no keys which it is and what to do, and nothing of what is in it', () => {
    const path = join(root, 'malformed.key');
    const secret = '5ec2e7'.repeat(8);
    const ring = { current: 'aabbccdd', keys: { aabbccdd: secret.padEnd(64, '0') } };
    const contents = [
      '',
      secret,
      `{"current": ${secret}`,
      'null',
      '[]',
      JSON.stringify(ring),
      JSON.stringify({ ...ring, hashing: { ...ring, current: 'eeeeeeee' } }),
      JSON.stringify({ ...ring, hashing: { current: 'aabbccdd', keys: { aabbccdd: secret } } }),
    ];
    for (const text of contents) {
      writeFileSync(path, text, { mode: 0o600 });
      expect(() => readKeyFile(path), text).to.throw(
        /^\S+malformed\.key is not a key file, or a damaged one\. Put its copy [^\n5]*$/,
      );
    }
    expect(() => readKeyFile(root)).to.throw(/cannot be read \(EISDIR\)/);
  });
});
