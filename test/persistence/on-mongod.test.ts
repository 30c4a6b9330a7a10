import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { findMongod, startMongod } from '../support/mongod.ts';

describe('persistence/on-mongod', function () {
  this.timeout(600_000);

  it('passes the tests of the use-cases on a real MongoDB server too, where one is installed', async function () {
    const program = findMongod();
    if (program === null || process.env.TEST_MONGODB_URI !== undefined) return this.skip();
    const server = await startMongod(program);
    try {
      const { code, out } = await runMocha('test/use-cases/**/*.test.ts', server.uri);
      expect(code, out.slice(-6_000)).to.equal(0);
    } finally {
      await server.stop();
    }
  });
});

function runMocha(spec: string, uri: string): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ['node_modules/mocha/bin/mocha.js', '--spec', spec], {
    env: { ...process.env, TEST_MONGODB_URI: uri },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (out += String(part)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })));
}
