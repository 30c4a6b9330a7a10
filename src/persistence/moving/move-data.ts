// Moves all data from one database to another: mark, collections, indexes, documents, verification, expiry, mark removed.
import type { mongo } from 'mongoose';
import { copyCollection, type BatchSize } from './copy-collection.ts';
import { digestOf, sameDigest, type Digest } from './digest.ts';
import { MoveRefused } from './move-refused.ts';
import {
  indexesOf,
  inOneLine,
  refuseDemo,
  surveyDatabase,
  surveySource,
  type IndexSpec,
  type SurveyedCollection,
} from './survey.ts';
import { readMark, removeMark, writeMark, type Mark } from './unfinished-move.ts';

export interface Move {
  readonly source: mongo.Db;
  readonly target: mongo.Db;
  /** Names the source in the mark and in messages, without credentials. */
  readonly from: string;
  /** Whether the target may hold other collections, and the same documents in those of the same name. */
  readonly intoExisting: boolean;
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
  const { source, target } = move;
  const collections = await surveySource(source, move.from);
  const mark = await begin(move, collections);
  for (const collection of collections) await prepare(target, collection);
  const counter = countDocuments(collections, move.onProgress ?? (() => {}));
  const resumed = new Set<string>();
  let resumedAt = 0;
  for (const { name } of collections) {
    const there = await target.collection(name).countDocuments({});
    if (there > 0) resumed.add(name);
    resumedAt += there;
    counter.add(name, there);
    await copyCollection(source, target, {
      ...rest(move, name, there),
      onBatch: (n) => counter.add(name, n),
    });
  }
  const verified: { name: string; digest: Digest }[] = [];
  for (const collection of collections) {
    const again = resumed.has(collection.name) && !mark.found.includes(collection.name);
    verified.push({ name: collection.name, digest: await verify(move, collection, counter.add, again) });
  }
  for (const { name, indexes } of collections) {
    await addIndexes(target, name, indexes.filter(expires));
    await compareIndexes(target, name, indexes);
  }
  await removeMark(target);
  return { collections: verified, resumedAt };
}

const expires = ({ expireAfterSeconds }: IndexSpec): boolean => expireAfterSeconds !== undefined;
const rest = ({ batch = BATCH }: Move, name: string, from: number) => ({ name, from, size: batch });

async function begin(move: Move, collections: readonly SurveyedCollection[]): Promise<Mark> {
  const { source, target, from, intoExisting } = move;
  await refuseDemo(target, 'The target');
  const begun = await readMark(target);
  if (begun && begun.from !== from)
    throw new MoveRefused(
      `The target holds an unfinished move from ${begun.from}: finish that one, or drop the database.`,
    );
  if (begun) return begun;
  const existing = await surveyDatabase(target);
  if (existing.length > 0 && !intoExisting)
    throw new MoveRefused(
      `The target is not empty: it has ${existing.length} collections (${existing.map(({ name }) => name).join(', ')}). Choose another database, or add --into-existing to keep them beside the moved ones.`,
    );
  const found: string[] = [];
  for (const { name, count } of existing) {
    if (count === 0 || !collections.some((one) => one.name === name)) continue;
    const pair = await Promise.all([source, target].map((db) => digestOf(db.collection(name))));
    if (!sameDigest(pair[0]!, pair[1]!))
      throw new MoveRefused(
        `The target's ${name} holds other documents than the source's: the two are not mixed. Drop it there, or choose another database.`,
      );
    found.push(name);
  }
  const mark = { from, found };
  await writeMark(target, mark);
  return mark;
}

// Indexes that expire wait until everything is verified: the server would delete what has just been copied.
async function prepare(target: mongo.Db, { name, options, indexes }: SurveyedCollection): Promise<void> {
  if ((await target.listCollections({ name }).toArray()).length === 0)
    await target.command({ create: name, ...options });
  await addIndexes(
    target,
    name,
    indexes.filter((index) => !expires(index)),
  );
}

async function addIndexes(target: mongo.Db, name: string, indexes: readonly IndexSpec[]): Promise<void> {
  if (indexes.length > 0) await target.command({ createIndexes: name, indexes });
}

/** Compares both sides; a collection that was resumed and differs (the source went on meanwhile) is copied once more. */
async function verify(
  move: Move,
  collection: SurveyedCollection,
  add: (name: string, documents: number) => void,
  again: boolean,
): Promise<Digest> {
  const { source, target } = move;
  const { name } = collection;
  const [one, other] = await Promise.all([
    digestOf(source.collection(name), () => add(name, 1)),
    digestOf(target.collection(name)),
  ]);
  if (sameDigest(one, other)) return one;
  if (!again)
    throw new MoveRefused(
      `${name} differs: ${one.count} documents (${one.sum.slice(0, 16)}) in the source, ${other.count} (${other.sum.slice(0, 16)}) in the target. Was something writing? Stop it and run the same command again.`,
    );
  await target.dropCollection(name);
  await prepare(target, collection);
  await copyCollection(source, target, { ...rest(move, name, 0), onBatch: () => {} });
  return verify(move, collection, () => {}, false);
}

async function compareIndexes(target: mongo.Db, name: string, wanted: readonly IndexSpec[]): Promise<void> {
  const [ours, theirs] = [wanted, await indexesOf(target, name)].map((list) => list.map(inOneLine));
  const differing = [
    ...ours!.filter((one) => !theirs!.includes(one)).map((one) => `missing ${one}`),
    ...theirs!.filter((one) => !ours!.includes(one)).map((one) => `not in the source ${one}`),
  ];
  if (differing.length > 0) throw new MoveRefused(`The indexes of ${name} differ: ${differing.join('; ')}.`);
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
