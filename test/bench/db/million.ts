// A million documents: what a cursor over all of them costs in memory, what an index build makes others wait, what a sort
// in memory is answered.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { start, type BuildProgress } from '../../../src/embedded-db/index.ts';
import { ms, type Measured } from '../measure.ts';
import { certificates, certificatesOf } from './place.ts';

type Client = InstanceType<typeof mongoose.mongo.MongoClient>;

/** What the child says of its memory, in bytes. */
export interface ReadingCost {
  readonly documents: number;
  readonly idle: number;
  readonly peak: number;
}

const NAME = 'million';
const MB = 1_048_576;

/** Fills a folder and takes the three measures, of which the first is in a process of its own. */
export async function benchMillion(documents: number, say: (line: string) => void): Promise<Measured[]> {
  const root = mkdtempSync(join(tmpdir(), 'skillroll-bench-db-'));
  const dir = join(root, 'data');
  try {
    await withServer(dir, say, async (client) => {
      const filled = certificatesOf(client, NAME);
      for (let from = 0; from < documents; from += 10_000)
        await filled.insertMany(certificates(Math.min(10_000, documents - from), from));
    });
    say(`${documents} documents are written.`);
    const cursor = memoryOfReading(dir, documents);
    const others = await withServer(dir, say, async (client) => [
      await waitsDuringBuild(client, documents),
      await refusedSort(client, documents),
    ]);
    return [cursor, ...others];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function withServer<Result>(
  dir: string,
  say: (line: string) => void,
  use: (client: Client) => Promise<Result>,
): Promise<Result> {
  const progress = ({ index, done, total }: BuildProgress) => say(`  index ${index}: ${done} of ${total}`);
  const server = await start({ dir, durable: false, progress });
  const client = await new mongoose.mongo.MongoClient(server.uri).connect();
  try {
    return await use(client);
  } finally {
    await client.close();
    await server.stop();
  }
}

function memoryOfReading(dir: string, documents: number): Measured {
  const child = new URL('./read-child.ts', import.meta.url).pathname;
  const out = execFileSync(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', child, dir, NAME, String(documents)],
    { encoding: 'utf8' },
  );
  const { idle, peak } = JSON.parse(out) as ReadingCost;
  const above = (peak - idle) / MB;
  return {
    name: `a cursor over ${documents} documents`,
    result: `${Math.round(above)} MB above idle, of server and driver in one process`,
    baseline: `${Math.round(idle / MB)} MB idle; LMDB's file, which the system keeps in memory, left out`,
    ratio: '',
    goal: 'at most 100 MB',
    met: above <= 100,
  };
}

/** How long another client's commands take while an index is built. */
async function waitsDuringBuild(client: Client, documents: number): Promise<Measured> {
  const collection = certificatesOf(client, NAME);
  const aside = client.db('bench').collection('aside');
  let building = true;
  const began = performance.now();
  const built = collection.createIndex({ personId: 1, issuedOn: -1 }).finally(() => (building = false));
  const waits = { reads: [] as number[], writes: [] as number[] };
  const timed = async (list: number[], work: () => Promise<unknown>) => {
    const from = performance.now();
    await work();
    list.push(performance.now() - from);
  };
  while (building) {
    await timed(waits.reads, () => aside.findOne({}));
    await timed(waits.writes, () => aside.insertOne({ n: waits.writes.length }));
  }
  await built;
  const longest = Math.max(...waits.reads, ...waits.writes);
  return {
    name: `index build over ${documents} documents`,
    result: `${Math.round(performance.now() - began)} ms; ${waits.reads.length} reads and ${waits.writes.length} writes answered meanwhile`,
    baseline: `the longest waited ${ms(longest)}`,
    ratio: '',
    goal: 'others go on',
    met: waits.reads.length > 1 && waits.writes.length > 1,
  };
}

/** A sort of everything without an index. */
async function refusedSort(client: Client, documents: number): Promise<Measured> {
  const answer = await certificatesOf(client, NAME)
    .find()
    .sort({ score: 1 })
    .next()
    .then(
      () => 'sorted',
      (error: { code?: number }) => `refused with ${String(error.code)}`,
    );
  return {
    name: `sort of ${documents} documents in memory`,
    result: answer,
    baseline: '',
    ratio: '',
    goal: '292 from 100 MB on',
    met: answer === 'refused with 292',
  };
}
