import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../src/embedded-db/index.ts';
import { fillDirectory, overwrite } from '../embedded-db/support/filled-directory.ts';
import { programOf } from '../support/program.ts';

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

function command(
  name: string,
  given: readonly string[],
  environment: Record<string, string> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [...programOf(`src/cli/${name}.ts`), ...given], {
    env: { PATH: process.env['PATH'], ...environment },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, text })));
}

describe('cli: maintenance of the data', function () {
  this.timeout(120_000);
  let root: string;
  let dir: string;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'skillroll-maintain-'));
    dir = await fillDirectory();
  });
  after(() => {
    for (const path of [root, dir]) rmSync(path, { recursive: true, force: true });
  });

  it('checks, measures and backs up while a server runs, and compacts only without', async () => {
    const server = await start({ dir });
    const [checked, measured, backed, compacted] = await Promise.all([
      command('db-check', ['--data', dir]),
      command('db-stats', [], { SKILLROLL_DATA: dir }),
      command('backup', ['--data', dir, '--to', join(root, 'backup')], { KEY_FILE: '/keys/office.key' }),
      command('db-compact', ['--data', dir]),
    ]);
    await server.stop();
    expect(checked.text)
      .to.include('test.people: 3000 documents can be read')
      .and.include('Nothing is wrong.');
    expect(checked.code).to.equal(0);
    expect(measured.text).to.match(/test\.people: 3000 documents, [\d.]+ [kM]B\n {2}serial_1: 3000 entries/);
    expect(backed).to.include({ code: 0 });
    expect(backed.text).to.include('3040 documents').and.include('/keys/office.key');
    expect(compacted.code).to.equal(1);
    expect(compacted.text).to.include(`in use by process ${process.pid}`);
    expect((await command('db-compact', ['--data', dir])).text).to.match(/MB before, [\d.]+ MB now/);
  });

  it('restores into an empty folder and says which key file belongs to it', async () => {
    const restored = await command('restore', [
      '--from',
      join(root, 'backup'),
      '--data',
      join(root, 'again'),
    ]);
    expect(restored).to.include({ code: 0 });
    expect(restored.text).to.include('3040 documents').and.include('KEY_FILE');
    const refused = await command('restore', ['--from', join(root, 'backup'), '--data', join(root, 'again')]);
    expect(refused.code).to.equal(1);
    expect(refused.text).to.include('is not empty');
  });

  it('ends a check of damaged data with 1, names the record and the way on, and salvages the rest', async () => {
    const again = join(root, 'again');
    overwrite(
      again,
      Buffer.from('\x02_id\0\x0b\0\0\0person 123\0'),
      Buffer.from('\x7e_id\0\x0b\0\0\0person 123\0'),
    );
    const checked = await command('db-check', ['--data', again]);
    expect(checked.code).to.equal(1);
    expect(checked.text)
      .to.include('2999 documents can be read, 1 cannot be read')
      .and.include('"person 123"')
      .and.include('db:salvage');
    const salvaged = await command('db-salvage', ['--data', again, '--to', join(root, 'salvaged')]);
    expect(salvaged).to.include({ code: 0 });
    expect(salvaged.text).to.include('test.people: 2999 documents').and.include('"person 123"');
    expect((await command('db-check', ['--data', join(root, 'salvaged')])).code).to.equal(0);
  });

  it('says which tool of MongoDB does it where the data lies there, and what is missing', async () => {
    const environment = { MONGODB_URI: 'mongodb://db.example:27017/skillroll' };
    const answers = await Promise.all(
      [
        ['backup', 'mongodump'],
        ['restore', 'mongorestore'],
        ['db-check', 'validate'],
      ].map(async ([name, tool]) => ({ ...(await command(name!, [], environment)), tool: tool! })),
    );
    for (const { code, text, tool } of answers) {
      expect(code).to.equal(1);
      expect(text).to.include(tool);
    }
    const nothing = await command('backup', ['--to', join(root, 'x')]);
    expect(nothing).to.include({ code: 1, text: 'Say which folder: --data DIR.\n' });
    expect((await command('db-check', ['--data', join(root, 'none')])).text).to.include(
      'There is no data in',
    );
  });
});
