// MongoDB's own driver tests against the embedded server, where their folder lies beside the project.
// SPECIFICATIONS_REPORT=1 lists what was refused and what was left out, by reason.
import { EJSON } from 'bson';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start, type EmbeddedDatabase } from '../../../src/embedded-db/index.ts';
import type { Client } from './entities.ts';
import { openFailPointDoor, type FailPointDoor } from './fail-point-door.ts';
import { NotCovered } from './match.ts';
import { Refused, ruledOut, runTest, type UnifiedFile } from './run-test.ts';

const root = fileURLToPath(new URL('../../../../shared/specifications/source/', import.meta.url));
const folders = [
  'crud',
  'transactions',
  'transactions-convenient-api',
  'retryable-writes',
  'retryable-reads',
  'sessions',
  'index-management',
  'collection-management',
  'run-command',
];

/** Files whose expectation the driver itself, not the server, meets otherwise. */
const ofTheDriver: Record<string, string> = {
  'create-null-ids.json': 'the driver replaces an _id of null by one of its own',
};

function jsonFiles(dir: string): string[] {
  return readdirSync(dir)
    .map((name) => join(dir, name))
    .flatMap((path) =>
      statSync(path).isDirectory() ? jsonFiles(path) : path.endsWith('.json') ? [path] : [],
    )
    .sort();
}

describe('embedded-db/specifications', function () {
  this.timeout(60_000);
  const dir = mkdtempSync(join(tmpdir(), 'skillroll-spec-'));
  const tally = { run: 0, refused: new Map<string, number>(), skipped: new Map<string, number>() };
  let server: EmbeddedDatabase;
  let own: Client;
  let door: FailPointDoor;
  let uri: string;

  before(async function () {
    if (!existsSync(root)) this.skip();
    server = await start({ dir: join(dir, 'data'), durable: false });
    const path = join(dir, 'door.sock');
    door = await openFailPointDoor(path, decodeURIComponent(/^mongodb:\/\/([^/]*)/.exec(server.uri)![1]!));
    uri = `mongodb://${encodeURIComponent(path)}/?directConnection=true`;
    own = await new mongoose.mongo.MongoClient(server.uri).connect();
  });
  after(async () => {
    await own?.close();
    await door?.close();
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
    if (process.env['SPECIFICATIONS_REPORT']) report();
  });

  const count = (map: Map<string, number>, why: string): void => void map.set(why, (map.get(why) ?? 0) + 1);

  function report(): void {
    const lines = (map: Map<string, number>): string[] =>
      [...map].sort((a, b) => b[1] - a[1]).map(([why, times]) => `  ${times} × ${why}`);
    const out = [`run ${tally.run}`, 'refused', ...lines(tally.refused), 'skipped', ...lines(tally.skipped)];
    process.stdout.write(`${out.join('\n')}\n`);
  }

  for (const folder of existsSync(root) ? folders : [])
    it(`${folder}: gives what MongoDB gives, or refuses by name`, async () => {
      const wrong: string[] = [];
      for (const path of jsonFiles(join(root, folder, 'tests'))) {
        const file = EJSON.parse(readFileSync(path, 'utf8')) as UnifiedFile;
        for (const test of file.tests) {
          const reason =
            test.skipReason ??
            ofTheDriver[path.split('/').at(-1)!] ??
            ruledOut(file.runOnRequirements) ??
            ruledOut(test.runOnRequirements);
          if (reason !== null) {
            count(tally.skipped, reason);
            continue;
          }
          try {
            await runTest(file, test, { uri, own, door });
            tally.run += 1;
          } catch (error) {
            if (error instanceof NotCovered) count(tally.skipped, error.message);
            else if (error instanceof Refused) count(tally.refused, error.message.slice(0, 80));
            else wrong.push(`${path.slice(root.length)} "${test.description}": ${(error as Error).message}`);
          }
        }
      }
      if (wrong.length > 0) throw new Error(`${wrong.length} differ:\n${wrong.join('\n')}`);
    });

  it('leaves out no more than what is named', function () {
    if (!existsSync(root)) this.skip();
    expect(tally.run).to.be.at.least(750);
  });
});
