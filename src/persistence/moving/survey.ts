// What a database holds, as a move sees it: collections with their options, indexes, counts and sizes.
import type { mongo } from 'mongoose';
import { isDemo } from '../demo-mark.ts';
import { MoveRefused } from './move-refused.ts';
import { markCollection, readMark } from './unfinished-move.ts';

export interface IndexSpec {
  readonly name: string;
  readonly key: Readonly<Record<string, unknown>>;
  readonly expireAfterSeconds?: number;
  readonly [option: string]: unknown;
}

export interface SurveyedCollection {
  readonly name: string;
  readonly options: mongo.Document;
  /** Without the one on _id, which every collection has. */
  readonly indexes: readonly IndexSpec[];
  readonly count: number;
  readonly bytes: number;
}

/** Every collection of a database by name; throws MoveRefused for views and time series, which are not copied. */
export async function surveyDatabase(db: mongo.Db): Promise<SurveyedCollection[]> {
  const infos = await db.listCollections().toArray();
  const own = infos.filter(({ name }) => !name.startsWith('system.') && name !== markCollection);
  const foreign = own.find(({ type }) => type !== 'collection');
  if (foreign)
    throw new MoveRefused(
      `${foreign.name} is a ${foreign.type ?? 'thing'}, and only plain collections are moved.`,
    );
  own.sort((a, b) => (a.name < b.name ? -1 : 1));
  const surveyed: SurveyedCollection[] = [];
  for (const info of own) {
    const { name } = info;
    const { count, size } = (await db.command({ collStats: name })) as { count: number; size: number };
    const options = 'options' in info ? (info.options ?? {}) : {};
    surveyed.push({ name, options, indexes: await indexesOf(db, name), count, bytes: size });
  }
  return surveyed;
}

/** The same of what is to be moved; throws MoveRefused where there is nothing, as in a database whose name is mistyped. */
export async function surveySource(db: mongo.Db, from: string): Promise<SurveyedCollection[]> {
  if ((await readMark(db)) !== null)
    throw new MoveRefused(`${from} holds an unfinished move itself: finish that one first.`);
  await refuseDemo(db, from);
  const collections = await surveyDatabase(db);
  if (collections.length === 0)
    throw new MoveRefused(`There is nothing in ${from}: see whether it is the right place and name.`);
  return collections;
}

/** Throws MoveRefused for the records of a demo. */
export async function refuseDemo(db: mongo.Db, name: string): Promise<void> {
  if (await isDemo(db))
    throw new MoveRefused(
      `${name} holds a demo: its people are invented and are not moved to where real ones are kept, nor beside them.`,
    );
}

/** The indexes of a collection by name, without what a server adds by itself. */
export async function indexesOf(db: mongo.Db, name: string): Promise<IndexSpec[]> {
  const specs = (await db.collection(name).listIndexes().toArray()) as Record<string, unknown>[];
  return specs
    .filter((spec) => spec['name'] !== '_id_')
    .map((spec) =>
      Object.fromEntries(Object.entries(spec).filter(([key]) => !['v', 'ns', 'background'].includes(key))),
    )
    .map((spec) => spec as unknown as IndexSpec)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
