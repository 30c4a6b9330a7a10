// Random commands asked of our server and of another one: each answer, and the documents left at the end, must be the same.
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { start } from '../../src/embedded-db/index.ts';
import { decode, docOf, isDoc, keysOf, type Doc, type Value } from '../../src/embedded-db/query/bson.ts';
import { HERE, type Step } from '../embedded-db/differential/steps.ts';
import { docsForDriver, forDriver } from '../embedded-db/query/probes/driver-values.ts';
import type { Counts } from '../support/run-on-server.ts';
import { game, type Game } from './random-commands.ts';

type Db = ReturnType<InstanceType<typeof mongoose.mongo.MongoClient>['db']>;

const ALL: Step = { command: { find: HERE, filter: {}, sort: { _id: 1 }, batchSize: 1000 }, ordered: true };
const COLLECTION = 'compared';

/** Plays games until so many commands were asked or the time is over; a difference is shown with the smallest game that has it. */
export async function compareAnswers(
  uri: string,
  { commands, seconds, seed }: { commands: number; seconds: number; seed: number },
  say: (line: string) => void,
): Promise<Counts> {
  const dir = mkdtempSync(join(tmpdir(), 'skillroll-compared-'));
  const ours = await start({ dir, durable: false });
  const clients = await Promise.all(
    [ours.uri, uri].map((one) => new mongoose.mongo.MongoClient(one).connect()),
  );
  const [one, other] = clients.map((client) => client.db(COLLECTION)) as [Db, Db];
  const ends = Date.now() + seconds * 1000;
  let asked = 0;
  let games = 0;
  try {
    for (let round = 0; asked < commands && Date.now() < ends; round += 1) {
      const result = await fc.check(
        fc.asyncProperty(game, async (given) => {
          const difference = await playOnBoth(one, other, given);
          asked += given.steps.length;
          if (difference !== null) throw new Error(difference);
        }),
        { numRuns: 20, seed: seed + round },
      );
      if (result.failed) {
        say(`  seed ${seed + round}: ${String((result.errorInstance as Error).message)}`);
        say(`  ${shown(result.counterexample?.[0])}`);
        return { passed: games, failed: 1, skipped: 0 };
      }
      games += result.numRuns;
    }
    say(`${asked} random commands in ${games} games were answered alike (seed ${seed}).`);
    if (asked < commands) say(`skipped: ${commands - asked} random commands, for ${seconds} s were over.`);
    return { passed: games, failed: 0, skipped: asked < commands ? 1 : 0 };
  } finally {
    await other.dropDatabase();
    await Promise.all(clients.map((client) => client.close()));
    await ours.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Null, or where the two part. */
async function playOnBoth(ours: Db, theirs: Db, { docs, steps }: Game): Promise<string | null> {
  const withIds = docs.map((fields, _id): Doc => ({ _id, ...fields }));
  for (const db of [ours, theirs]) {
    await db.command({ delete: COLLECTION, deletes: [{ q: {}, limit: 0 }] });
    await db.command({ insert: COLLECTION, documents: docsForDriver(withIds) });
  }
  for (const step of [...steps, ALL]) {
    const [one, other] = await Promise.all([answerOf(ours, step), answerOf(theirs, step)]);
    if (one !== other) return `${shown(step.command)}: ours ${one}, theirs ${other}`;
  }
  return null;
}

/** What must be alike: documents in their order or as a set, counts, values, the code of a refusal. */
async function answerOf(db: Db, { command, ordered }: Step): Promise<string> {
  const reply = await replyOf(db, command);
  const [error] = (reply['writeErrors'] ?? []) as Uint8Array[];
  const code = error === undefined ? reply['code'] : decode(error)['code'];
  if (code !== undefined) return `error ${String(code)}`;
  if (reply['cursor'] === undefined)
    return ['n', 'nModified', 'value', 'values']
      .filter((name) => reply[name] !== undefined)
      .map((name) => `${name} ${inOneOrder(opened(reply[name]))}`)
      .join(' ');
  const lines = (decode(reply['cursor'] as Uint8Array)['firstBatch'] as Doc[]).map(shown);
  return (ordered ? lines : lines.sort()).join(' | ');
}

async function replyOf(db: Db, command: Doc): Promise<Record<string, unknown>> {
  try {
    const given = forDriver(named(command)) as object;
    return (await db.command(given, { raw: true } as object)) as Record<string, unknown>;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'number') throw error;
    return { code };
  }
}

function named(value: Value): Value {
  if (value === HERE) return COLLECTION;
  if (Array.isArray(value)) return value.map(named);
  return isDoc(value) ? docOf(keysOf(value).map((key) => [key, named(value[key]!)])) : value;
}

function opened(value: unknown): unknown {
  if (value instanceof Uint8Array) return decode(value);
  return Array.isArray(value) ? value.map(opened) : value;
}

// MongoDB leaves open in which order it gives different values.
const inOneOrder = (value: unknown): string =>
  Array.isArray(value) ? value.map(shown).sort().join() : shown(value);

// Of equal numbers of several types a group or a distinct shows the one met first, which MongoDB leaves open too.
const shown = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? Number(each) : each));
