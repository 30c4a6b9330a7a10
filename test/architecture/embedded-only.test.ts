import { expect } from 'chai';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedOnly, reasonToSkip } from '../support/embedded-only.ts';

const testFiles = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && !name.startsWith('browser/'))
  .map((name) => join('test', name));
/** What a test writes that starts an embedded server itself, or works on its folder. */
const ownServer = /embedded-db\/(?:index|server|engine)\.ts|'--data'|SKILLROLL_DATA|fillDirectory/;

describe('architecture: tests that only the embedded server can serve', () => {
  it('are all on the list of what other servers are spared, and only they', () => {
    expect(testFiles).to.have.length.above(100);
    const missing = testFiles
      .filter((file) => ownServer.test(readFileSync(file, 'utf8')))
      .filter((file) => !file.startsWith('test/architecture/') && reasonToSkip(file) === null);
    // The configuration knows the folder's name and starts nothing.
    expect(missing).to.deep.equal(['test/config.test.ts']);
    for (const path of Object.keys(embeddedOnly)) expect(existsSync(join('test', path)), path).to.equal(true);
  });
});
