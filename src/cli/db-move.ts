// npm run db:move -- --to [mongodb://…] | --from [mongodb://…] [--data DIR] [--dry-run] [--into-existing]: moves the data between
// the embedded database and a MongoDB deployment, verified, while the application is stopped. An address left out is MONGODB_URI.
import { resolve } from 'node:path';
import type { mongo } from 'mongoose';
import { readDemoMarker } from '../demo-marker.ts';
import { connect } from '../persistence/connection.ts';
import { refuseAtWork } from '../persistence/moving/at-work.ts';
import { meetTarget, type Meeting } from '../persistence/moving/meet-target.ts';
import { moveData, type Move, type Moved } from '../persistence/moving/move-data.ts';
import { MoveRefused } from '../persistence/moving/move-refused.ts';
import {
  refuseDemo,
  surveyDatabase,
  surveySource,
  type SurveyedCollection,
} from '../persistence/moving/survey.ts';
import { readMark } from '../persistence/moving/unfinished-move.ts';
import { shownAddress, withShownAddress } from '../persistence/shown-address.ts';
import { joinDatabase, openDatabase } from '../reach-database.ts';
import { readArguments, type Arguments } from './arguments.ts';
import { inWords, keyReminder, runCommand } from './data-folder.ts';
import { showProgress } from './progress.ts';
import { printTable } from './table.ts';
import { holdsData } from './with-records.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['to', 'from', 'data', 'dry-run', 'into-existing']);
  const plan = readPlan(given);
  await (given.flag('dry-run') ? announce : move)(plan, given.flag('into-existing'));
});

interface Plan {
  readonly dir: string;
  readonly uri: string;
  readonly toMongodb: boolean;
}

function readPlan(given: Arguments): Plan {
  const to = given.text('to');
  const from = given.text('from');
  const uri = to || from || process.env.MONGODB_URI;
  if ((to === null) === (from === null) || !uri)
    throw new Error(
      'Say either --to or --from with an address such as mongodb://host:27017/skillroll?replicaSet=rs0, or alone with the address in MONGODB_URI.',
    );
  if (!/^mongodb(\+srv)?:\/\/[^/]+\/./.test(shownAddress(uri)))
    throw new Error(
      `Name the database in the address: mongodb://host:27017/skillroll?replicaSet=rs0, not ${shownAddress(uri)}.`,
    );
  const [, own] = /\/(admin|config|local)$/.exec(shownAddress(uri)) ?? [];
  if (own !== undefined)
    throw new Error(
      `MongoDB keeps its own records in ${own}: name the database of the application. Where a user is kept stands behind it, as in ?authSource=admin.`,
    );
  const named = given.text('data') || process.env.SKILLROLL_DATA;
  if (!named) throw new Error('Say which folder: --data DIR.');
  const dir = resolve(named);
  if (readDemoMarker(dir) !== null)
    throw new Error(
      `${dir} is a demo folder: its people are invented and are not moved to where real ones are kept.`,
    );
  if (to !== null && !holdsData(dir)) throw new Error(`There is no data in ${dir}.`);
  return { dir, uri, toMongodb: to !== null };
}

async function announce({ dir, uri, toMongodb }: Plan, intoExisting: boolean): Promise<void> {
  const [from, into] = namesOf({ dir, uri, toMongodb });
  const inMongodb = <Result>(use: (db: mongo.Db) => Promise<Result>) =>
    withDatabase({ uri, name: undefined }, use);
  const inThisFolder = <Result>(use: (db: mongo.Db) => Promise<Result>) => inFolder(dir, use);
  const [inSource, inTarget] = toMongodb ? [inThisFolder, inMongodb] : [inMongodb, inThisFolder];
  const { collections, met } = await inSource(async (source) => {
    const found = await surveySource(source, from);
    const there =
      toMongodb || holdsData(dir)
        ? await inTarget((target) => foresee({ source, target, from, intoExisting }, found))
        : null;
    return { collections: found, met: there };
  });
  printTable(
    ['collection', 'documents', 'size', 'indexes'],
    collections.map(({ name, count, bytes, indexes }) => [
      name,
      String(count),
      inWords(bytes),
      String(indexes.length),
    ]),
  );
  console.log(`${from} → ${into}: ${amount(collections)} would be copied. Nothing was written.`);
  console.log(met ?? 'The target is empty.');
}

/** Source and target as they are called, without credentials. */
function namesOf({ dir, uri, toMongodb }: Plan): readonly [string, string] {
  return toMongodb ? [dir, shownAddress(uri)] : [shownAddress(uri), dir];
}

/** What a move meets in its target, in a sentence; null when it is empty. Throws MoveRefused where the move would. */
async function foresee(meeting: Meeting, collections: readonly SurveyedCollection[]): Promise<string | null> {
  const { target, intoExisting } = meeting;
  await refuseDemo(target, 'The target');
  const held = await surveyDatabase(target);
  if (held.length > 0 && !intoExisting && (await readMark(target)) === null)
    return `The target holds ${amount(held)}: it needs --into-existing, and the two are never mixed in one collection.`;
  const { begun } = await meetTarget(meeting, collections);
  if (begun)
    return 'The target holds this move unfinished: the same command without --dry-run goes on where it stopped.';
  return held.length === 0 ? null : `The target holds ${amount(held)}: they stay beside what is moved.`;
}

/** Works on the folder's database, also while it is served. */
async function inFolder<Result>(dir: string, use: (db: mongo.Db) => Promise<Result>): Promise<Result> {
  const database = await joinDatabase({ dataDir: dir, mongodbUri: null });
  try {
    return await withDatabase(database, use);
  } finally {
    await database.stop();
  }
}

function amount(collections: readonly SurveyedCollection[]): string {
  const documents = collections.reduce((sum, { count }) => sum + count, 0);
  const bytes = collections.reduce((sum, one) => sum + one.bytes, 0);
  return `${documents} documents in ${collections.length} collections, ${inWords(bytes)}`;
}

async function move({ dir, uri, toMongodb }: Plan, intoExisting: boolean): Promise<void> {
  const [from, into] = namesOf({ dir, uri, toMongodb });
  // Before a folder is made for it.
  if (!toMongodb)
    await withDatabase({ uri, name: undefined }, async (db) => {
      await surveySource(db, from);
      await refuseAtWork(db, from);
    });
  const folder = await openDatabase({ dataDir: dir, mongodbUri: null }, { expire: false });
  process.once('SIGINT', () => {
    console.error('\nInterrupted. The same command goes on where it stopped.');
    process.exit(130);
  });
  const started = Date.now();
  try {
    const moved = await withDatabase(folder, (local) =>
      withDatabase({ uri, name: undefined }, async (remote) => {
        const [source, target] = toMongodb ? [local, remote] : [remote, local];
        const bar = showProgress(`${from} → ${into}`);
        try {
          return await moveOn({ source, target, from, intoExisting, onProgress: bar.show }, uri);
        } finally {
          bar.end();
        }
      }),
    );
    const documents = moved.collections.reduce((sum, { digest }) => sum + digest.count, 0);
    if (moved.resumedAt > 0) console.log(`${moved.resumedAt} documents were there from before.`);
    printTable(
      ['collection', 'documents', 'digest'],
      moved.collections.map(({ name, digest }) => [name, String(digest.count), digest.sum.slice(0, 16)]),
    );
    console.log(
      `${documents} documents in ${moved.collections.length} collections moved in ${((Date.now() - started) / 1000).toFixed(1)} s: counts, digests and indexes are the same on both sides. The source is as it was.`,
    );
    if (toMongodb) {
      console.log('Start the application with MONGODB_URI set to that address and without SKILLROLL_DATA.');
      console.log(keyReminder(dir));
    } else {
      console.log(`Start the application with SKILLROLL_DATA=${dir} and without MONGODB_URI.`);
      console.log(
        'It needs the key file it had with that MongoDB, in KEY_FILE: keys are not in the data and do not move.',
      );
    }
  } finally {
    await folder.stop();
  }
}

/** Moves; what ends it on the way, such as a server that went away, says that nothing is lost by it. */
async function moveOn(given: Move, uri: string): Promise<Moved> {
  try {
    return await moveData(given);
  } catch (error) {
    if (error instanceof MoveRefused) throw error;
    throw new Error(
      `The move stopped: ${withShownAddress((error as Error).message, uri)}. The source is as it was; the same command goes on where it stopped.`,
      { cause: error },
    );
  }
}

async function withDatabase<Result>(
  { uri, name }: { uri: string; name: string | undefined },
  use: (db: mongo.Db) => Promise<Result>,
): Promise<Result> {
  const connection = await connect(uri, name, { unfinished: true });
  try {
    return await use(connection.db!);
  } finally {
    await connection.close();
  }
}
