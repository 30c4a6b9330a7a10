// npm run test:mongodb: the tests of `npm test` on the server that MONGODB_URI names, or on one of its own where MONGOD_BIN or the
// PATH has a mongod. Arguments choose test files. Each file works in a database of its own, which it drops; no other is touched.
import { connect } from '../src/persistence/connection.ts';
import { embeddedOnly } from './support/embedded-only.ts';
import { findMongod, startMongod } from './support/mongod.ts';
import { runOnServer } from './support/run-on-server.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Names of the databases that tests made. */
async function testDatabases(uri: string): Promise<string[]> {
  const connection = await connect(uri, 'test-none');
  const { databases } = await connection.db!.admin().listDatabases({ nameOnly: true });
  await connection.close();
  return databases.map(({ name }) => name).filter((name) => name.startsWith('test-'));
}

async function testOn(uri: string, specs: readonly string[]): Promise<number> {
  const before = new Set(await testDatabases(uri));
  say('Left out on a server that is not the embedded one:');
  for (const [path, reason] of Object.entries(embeddedOnly)) say(`  skipped: test/${path}: ${reason}`);
  const { failed } = await runOnServer(uri, specs);
  const left = (await testDatabases(uri)).filter((name) => !before.has(name));
  if (left.length > 0) say(`Databases that tests left behind: ${left.join(', ')}`);
  return failed === 0 && left.length === 0 ? 0 : 1;
}

async function chooseServer(): Promise<{ uri: string; stop: () => Promise<void> } | null> {
  const uri = process.env.MONGODB_URI;
  if (uri) return { uri, stop: async () => {} };
  const program = findMongod();
  return program === null ? null : startMongod(program);
}

const server = await chooseServer();
if (server === null) {
  say('skipped: set MONGODB_URI to a MongoDB replica set, or MONGOD_BIN to a mongod that may be started.');
  say('0 passed, 0 failed, 1 skipped');
} else {
  try {
    const given = process.argv.slice(2);
    process.exitCode = await testOn(server.uri, given.length > 0 ? given : ['test/**/*.test.ts']);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  } finally {
    await server.stop();
  }
}
