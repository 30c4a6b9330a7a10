// npm run demo:check -- --data DIR: audits a demo folder that was made, and ends with a line N passed, N failed.
import { readDemoMarker } from '../../../../src/demo-marker.ts';
import { connect } from '../../../../src/persistence/connection.ts';
import { openHeadcounts } from '../../../../src/persistence/reads/headcounts-alone.ts';
import { joinDatabase } from '../../../../src/reach-database.ts';
import { readArguments } from '../../../../src/cli/arguments.ts';
import { auditYear } from './audit-year.ts';

const dir = readArguments(process.argv.slice(2), ['data']).text('data') ?? 'data/demo';
const say = (line: string) => process.stdout.write(`${line}\n`);

async function run(): Promise<number> {
  const marker = readDemoMarker(dir);
  if (marker?.complete !== true) throw new Error(`${dir} holds no finished demo year.`);
  const database = await joinDatabase({ dataDir: dir, mongodbUri: null });
  const connection = await connect(database.uri, database.name);
  const findings = await auditYear(connection, await openHeadcounts(connection), marker.scale);
  await connection.close();
  await database.stop();
  for (const { what, wrong } of findings) say(wrong === null ? `  ok  ${what}` : `  NO  ${what}: ${wrong}`);
  const failed = findings.filter(({ wrong }) => wrong !== null).length;
  say(`${findings.length - failed} passed, ${failed} failed`);
  return failed;
}

run().then(
  (failed) => process.exit(failed === 0 ? 0 : 1),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
