// Moves all data from one database to another: mark, collections, indexes, documents, verification, expiry, mark removed.
import { mongo } from 'mongoose';
import { signOfWork } from './at-work.ts';
import { compareShapes } from './compare-shapes.ts';
import { copyCollection, type BatchSize } from './copy-collection.ts';
import { digestOf, sameDigest, type Digest } from './digest.ts';
import { meetTarget, mixed, type Meeting } from './meet-target.ts';
import { MoveRefused } from './move-refused.ts';
import { surveySource, type IndexSpec, type SurveyedCollection } from './survey.ts';
import { removeMark, writeMark } from './unfinished-move.ts';

export interface Move extends Meeting {
  readonly batch?: BatchSize;
  readonly onProgress?: (share: number, collection: string) => void;
}

export interface Moved {
  readonly collections: readonly { readonly name: string; readonly digest: Digest }[];
  /** Documents that were there already, from an interrupted move. */
  readonly resumedAt: number;
}

const BATCH: BatchSize = { documents: 1000, bytes: 8_000_000 };

/** Moves and verifies; run again after an interruption it goes on. Throws MoveRefused, and then the mark stays. */
export async function moveData(move: Move): Promise<Moved> {
  const { source, target, from } = move;
  const work = await signOfWork(source);
  const collections = await surveySource(source, from);
  const { mark, begun } = await meetTarget(move, collections);
  if (!begun) await writeMark(target, mark);
  for (const collection of collections) await prepare(target, collection);
  const counter = countDocuments(collections, move.onProgress ?? (() => {}));
  const resumed = new Set<string>();
  let resumedAt = 0;
  for (const collection of collections) {
    const { name } = collection;
    const there = await target.collection(name).countDocuments({});
    resumedAt += there;
    counter.add(name, there);
    if (there > 0 && mark.found.includes(name)) continue;
    if (there > 0) resumed.add(name);
    await copyOn(move, collection, { from: there, onBatch: (documents) => counter.add(name, documents) });
  }
  const verified: { name: string; digest: Digest }[] = [];
  for (const collection of collections) {
    const { name, indexes } = collection;
    const found = mark.found.includes(name);
    const again = !found && (resumed.has(name) || indexes.some(expires));
    verified.push({ name, digest: await verify(move, collection, { add: counter.add, again, found }) });
  }
  for (const { name, indexes } of collections) await addIndexes(target, name, indexes.filter(expires));
  await compareShapes(target, collections, mark.found);
  const after = shownBy(await surveySource(source, from));
  if (after !== shownBy(collections) || (await signOfWork(source)) !== work)
    throw new MoveRefused(
      `${from} was written to while it was moved. Stop what works on it and run the same command again.`,
    );
  await removeMark(target);
  return { collections: verified, resumedAt };
}

const expires = ({ expireAfterSeconds }: IndexSpec): boolean => expireAfterSeconds !== undefined;

/** What shows that something was written; what expires goes without anybody's doing. */
const shownBy = (collections: readonly SurveyedCollection[]): string =>
  JSON.stringify(collections.filter(({ indexes }) => !indexes.some(expires)));

// Indexes that expire wait until everything is verified: the server would delete what has just been copied.
async function prepare(target: mongo.Db, { name, options, indexes }: SurveyedCollection): Promise<void> {
  try {
    if ((await target.listCollections({ name }).toArray()).length === 0)
      await target.command({ create: name, ...options });
    await addIndexes(
      target,
      name,
      indexes.filter((index) => !expires(index)),
    );
  } catch (error) {
    if (!(error instanceof mongo.MongoServerError)) throw error;
    throw new MoveRefused(
      `The target does not take ${name} with its options and indexes: ${error.errmsg}. Change that on either side and run the same command again.`,
      { cause: error },
    );
  }
}

async function addIndexes(target: mongo.Db, name: string, indexes: readonly IndexSpec[]): Promise<void> {
  if (indexes.length > 0) await target.command({ createIndexes: name, indexes });
}

/** Copies what is not there yet; all anew where the target does not take it, since the source changed after the first part. */
async function copyOn(
  move: Move,
  collection: SurveyedCollection,
  part: { readonly from: number; readonly onBatch: (documents: number) => void },
): Promise<void> {
  const { source, target, batch = BATCH } = move;
  try {
    await copyCollection(source, target, { name: collection.name, size: batch, ...part });
  } catch (error) {
    if (part.from === 0 || !(error instanceof MoveRefused)) throw error;
    await copyAnew(move, collection);
  }
}

async function copyAnew(move: Move, collection: SurveyedCollection): Promise<void> {
  await move.target.dropCollection(collection.name);
  await prepare(move.target, collection);
  await copyOn(move, collection, { from: 0, onBatch: () => {} });
}

/** Compares both sides; where they differ `again` copies once more, as what was resumed or expires may have changed. */
async function verify(
  move: Move,
  collection: SurveyedCollection,
  given: {
    readonly add: (name: string, documents: number) => void;
    readonly again: boolean;
    readonly found: boolean;
  },
): Promise<Digest> {
  const { name } = collection;
  const [one, other] = await Promise.all([
    digestOf(move.source.collection(name), () => given.add(name, 1)),
    digestOf(move.target.collection(name)),
  ]);
  if (sameDigest(one, other)) return one;
  if (given.found) throw mixed(name);
  if (!given.again)
    throw new MoveRefused(
      `${name} differs: ${one.count} documents (${one.sum.slice(0, 16)}) in the source, ${other.count} (${other.sum.slice(0, 16)}) in the target. Was something writing? Stop it and run the same command again.`,
    );
  await copyAnew(move, collection);
  return verify(move, collection, { ...given, add: () => {}, again: false });
}

// Every document counts twice, once copied and once verified.
function countDocuments(
  collections: readonly SurveyedCollection[],
  tell: (share: number, collection: string) => void,
): { add: (name: string, documents: number) => void } {
  const total = 2 * collections.reduce((sum, { count }) => sum + count, 0);
  let done = 0;
  return {
    add(name, documents) {
      done += documents;
      tell(total === 0 ? 1 : Math.min(1, done / total), name);
    },
  };
}
