// A server whose system calls on its data file fail for a while: strace injects the errors, writers and a reader go on.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { programOf } from '../../support/program.ts';

type Client = InstanceType<typeof mongoose.mongo.MongoClient>;

/** Which calls fail, with which error; `when` as strace has it, left out: each of them. */
export interface Failing {
  readonly calls: string;
  readonly error: string;
  readonly when?: string;
}

export interface Outcome {
  readonly acknowledged: number;
  /** Writes refused while calls failed, by what they were told. */
  readonly refused: ReadonlyMap<string, number>;
  /** Reads answered meanwhile. */
  readonly reads: number;
  /** What must not be: acknowledged and lost, wrong index entries, no writing afterwards, an error without words. */
  readonly faults: readonly string[];
}

export const FAILINGS: readonly Failing[] = [
  { calls: 'fdatasync', error: 'EIO' },
  { calls: 'fdatasync', error: 'ENOSPC', when: '2+3' },
  { calls: 'pwrite64', error: 'EIO' },
];

/** Why nothing can be injected here, or null where it can. */
export function cannotInject(): string | null {
  if (spawnSync('strace', ['-V']).status !== 0)
    return 'strace is not installed (apt-get install strace): system call errors were not injected';
  const traced = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true'], { encoding: 'utf8' });
  return traced.status === 0
    ? null
    : `strace may not trace here (${traced.stderr.trim()}): system call errors were not injected`;
}

const FAILING_MS = 1_500;

async function serve(dir: string): Promise<{ child: ChildProcess; client: Client }> {
  const child = spawn(process.execPath, [...programOf('test/embedded-db/support/fault-server.ts'), dir], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const uri = String((await lines.next()).value);
  return {
    child,
    client: await new mongoose.mongo.MongoClient(uri, {
      socketTimeoutMS: 20_000,
      serverSelectionTimeoutMS: 20_000,
    }).connect(),
  };
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

// strace says when it has begun to trace the server.
async function fail(pid: number, dir: string, { calls, error, when }: Failing): Promise<ChildProcess> {
  const tracer = spawn(
    'strace',
    [
      ...['-f', '-p', String(pid), '-P', join(dir, 'data.mdb'), '-o', '/dev/null', '-e', `trace=${calls}`],
      ...['-e', `inject=${calls}:error=${error}${when === undefined ? '' : `:when=${when}`}`],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  for await (const line of createInterface({ input: tracer.stderr })) if (line.includes('attached')) break;
  tracer.stderr.resume();
  return tracer;
}

/** Writes before, while and after the calls fail, kills the server, starts it again and compares. */
export async function withFailingCalls(failing: Failing): Promise<Outcome> {
  const root = mkdtempSync(join(tmpdir(), 'skillroll-calls-'));
  const dir = join(root, 'data');
  const acknowledged = new Set<number>();
  const refused = new Map<string, number>();
  const faults: string[] = [];
  let next = 0;
  let reads = 0;
  const { child, client } = await serve(dir);
  try {
    const notes = client.db('test').collection<{ _id: number; n: number; text: string }>('notes');
    await notes.createIndex({ n: 1 });
    const write = async (): Promise<void> => {
      const _id = (next += 1);
      try {
        await notes.insertOne({ _id, n: _id % 7, text: 'x'.repeat((_id % 9) * 4_000) });
        acknowledged.add(_id);
      } catch (error) {
        const { code, message } = error as { code?: number; message: string };
        const said = `${String(code)} ${message}`.replace(/position .*/, '');
        refused.set(said, (refused.get(said) ?? 0) + 1);
        if (code !== 14031) faults.push(`refused without its reason: ${said}`);
      }
    };
    for (let at = 0; at < 20; at += 1) await write();
    const tracer = await fail(child.pid!, dir, failing);
    const until = performance.now() + FAILING_MS;
    const writer = async () => {
      while (performance.now() < until) await write();
    };
    const reader = async () => {
      while (performance.now() < until) {
        const found = await notes.findOne({ _id: 1 }).catch(() => null);
        if (found) reads += 1;
      }
    };
    await Promise.all([writer(), writer(), writer(), reader()]);
    tracer.kill('SIGINT');
    await ended(tracer);
    if (refused.size === 0) faults.push('nothing was refused: no call failed');
    const before = acknowledged.size;
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (let at = 0; at < 10; at += 1) await write();
    if (acknowledged.size < before + 10)
      faults.push('not every write was taken once calls did not fail any more');
    await client.close();
    child.kill('SIGKILL');
    await ended(child);
    faults.push(...(await missing(dir, acknowledged)));
    return { acknowledged: acknowledged.size, refused, reads, faults };
  } finally {
    child.kill('SIGKILL');
    await client.close().catch(() => undefined);
    rmSync(root, { recursive: true, force: true });
  }
}

async function missing(dir: string, acknowledged: ReadonlySet<number>): Promise<string[]> {
  const { child, client } = await serve(dir);
  const there = new Set(
    (await client.db('test').collection<{ _id: number }>('notes').find().toArray()).map(({ _id }) => _id),
  );
  const check = await client.db('admin').command({ skillrollCheck: 1 });
  await client.close();
  child.stdin!.end();
  await ended(child);
  return [
    ...[...acknowledged].filter((id) => !there.has(id)).map((id) => `${id} was acknowledged and is lost`),
    ...(check['errors'] as string[]),
  ];
}
