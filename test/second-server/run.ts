// npm run test:second-server [-- --short]: a server that others wrote answers what ours answers. First every probe of the query
// language and random commands, then tests of stores and journeys on it. MongoDB's manual decides where both differ.
import mongoose from 'mongoose';
import { probes } from '../embedded-db/query/probes/all.ts';
import { Unsendable } from '../embedded-db/query/probes/driver-values.ts';
import { runProbe } from '../embedded-db/query/probes/run-probe.ts';
import { NotAtHand } from '../support/client-tools.ts';
import { runOnServer, summaryOf, type Counts } from '../support/run-on-server.ts';
import { compareAnswers } from './compare-answers.ts';
import { notServed, refusedByOurs, theirs } from './differences.ts';
import { startSecondServer, type SecondServer } from './server.ts';

/** Beside other checks: each part has its seconds, and what it cannot do in them is said and counts as skipped. */
const short = process.argv.includes('--short');
const seconds = short
  ? { install: 25, probes: 15, commands: 10, tests: 20 }
  : { install: 300, probes: 600, commands: 600, tests: undefined };
const randomCommands = short ? 3_000 : 100_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The short form moves a database and withdraws a trainee, in transactions; the long one is all of stores and journeys. */
const few = ['test/persistence/moving/*.test.ts', 'test/use-cases/training/withdraw-enrolment.test.ts'];
const many = ['test/persistence/**/*.test.ts', 'test/use-cases/**/*.test.ts', 'test/web/**/*.test.ts'];

async function askProbes({ name, uri }: SecondServer): Promise<Counts> {
  const known = new Set(name === 'SecantusDB' ? Object.keys(theirs) : []);
  const refused = new Set(refusedByOurs);
  const client = await new mongoose.mongo.MongoClient(uri).connect();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const differing: string[] = [];
  const ends = Date.now() + seconds.probes * 1000;
  try {
    for (const [index, probe] of probes.entries()) {
      if (Date.now() > ends) {
        counts.skipped += probes.length - index;
        say(`skipped: ${probes.length - index} probes were not asked within ${seconds.probes} s`);
        break;
      }
      const [title] = probe;
      const difference = await differenceOf(client, probe);
      if (difference === 'unsendable' || refused.has(title)) counts.skipped += 1;
      else if ((difference === null) !== known.has(title)) {
        counts.passed += 1;
        if (difference !== null) differing.push(title);
      } else {
        counts.failed += 1;
        say(`  ${title}: ${difference ?? 'differs no more: take it off test/second-server/differences.ts'}`);
      }
    }
  } finally {
    await client.db('probes').dropDatabase();
    await client.close();
  }
  if (!short) for (const title of differing) say(`  differs, and ours is right: ${title}: ${theirs[title]}`);
  say(
    `${probes.length} probes: ${counts.passed - differing.length} answered alike, ${differing.length} known`,
  );
  say(
    `differences, ${counts.skipped} that ours refuses by name or no driver can send, ${counts.failed} unexplained.`,
  );
  return counts;
}

async function differenceOf(
  client: Parameters<typeof runProbe>[0],
  probe: Parameters<typeof runProbe>[1],
): Promise<string | null> {
  try {
    return await runProbe(client, probe);
  } catch (error) {
    if (error instanceof Unsendable) return 'unsendable';
    return String(error);
  }
}

/** What the product cannot do without: sessions with transactions, as a replica set offers them. Null where all is there. */
async function whatIsMissing(uri: string): Promise<string | null> {
  const client = await new mongoose.mongo.MongoClient(uri).connect();
  try {
    const { setName } = await client.db('admin').command({ hello: 1 });
    if (setName === undefined) return 'it does not present itself as a replica set';
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await client.db('probes').collection('inTransaction').insertOne({ a: 1 }, { session });
      }),
    );
    return null;
  } catch (error) {
    return `no transaction from the driver: ${String(error)}`;
  } finally {
    await client.close();
  }
}

async function testOn(server: SecondServer): Promise<Counts> {
  say(`== ${server.name} ${server.version}: the probes`);
  const asked = await askProbes(server);
  say(`== ${server.name} ${server.version}: random commands`);
  const compared = await compareAnswers(
    server.uri,
    { commands: randomCommands, seconds: seconds.commands, seed: Date.now() % 2 ** 31 },
    say,
  );
  const missing = await whatIsMissing(server.uri);
  if (missing !== null) {
    say(`The tests of stores and journeys cannot run on it: ${missing}.`);
    return sumOf(asked, compared, { passed: 0, failed: 0, skipped: 1 });
  }
  say(`== ${server.name} ${server.version}: stores and journeys`);
  const spared = short || server.name !== 'SecantusDB' ? [] : Object.keys(notServed);
  for (const file of spared) say(`skipped: ${file}: ${notServed[file]}`);
  const ran = await runOnServer(server.uri, short ? few : many, {
    ignore: spared,
    ...(seconds.tests === undefined ? {} : { seconds: seconds.tests }),
  });
  return sumOf(asked, compared, ran, { passed: 0, failed: 0, skipped: spared.length });
}

function sumOf(...parts: Counts[]): Counts {
  const total = (name: keyof Counts): number => parts.reduce((sum, part) => sum + part[name], 0);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

try {
  const server = await startSecondServer(seconds.install);
  try {
    const counts = await testOn(server);
    say(summaryOf(counts));
    process.exitCode = counts.failed === 0 ? 0 : 1;
  } finally {
    await server.stop();
  }
} catch (error) {
  if (!(error instanceof NotAtHand)) throw error;
  say(`skipped: no second server: ${error.message}.`);
  say('0 passed, 0 failed, 1 skipped');
}
