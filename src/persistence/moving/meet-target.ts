// What a move meets in its target: the mark of one that was interrupted, nothing, or collections of others.
import type { mongo } from 'mongoose';
import { digestOf, sameDigest } from './digest.ts';
import { MoveRefused } from './move-refused.ts';
import { refuseDemo, surveyDatabase, type SurveyedCollection } from './survey.ts';
import { readMark, type Mark } from './unfinished-move.ts';

export interface Meeting {
  readonly source: mongo.Db;
  readonly target: mongo.Db;
  /** Names the source in the mark and in messages, without credentials. */
  readonly from: string;
  /** Whether the target may hold other collections, and the same documents in those of the same name. */
  readonly intoExisting: boolean;
}

/** The mark of this move, and whether it stands there already. Throws MoveRefused for a target it must not write to. */
export async function meetTarget(
  { source, target, from, intoExisting }: Meeting,
  collections: readonly SurveyedCollection[],
): Promise<{ readonly mark: Mark; readonly begun: boolean }> {
  await refuseDemo(target, 'The target');
  const begun = await readMark(target);
  if (begun && begun.from !== from)
    throw new MoveRefused(
      `The target holds an unfinished move from ${begun.from}: finish that one, or drop the database.`,
    );
  if (begun) return { mark: begun, begun: true };
  const existing = await surveyDatabase(target);
  if (existing.length > 0 && !intoExisting)
    throw new MoveRefused(
      `The target is not empty: it has ${existing.length} collections (${existing.map(({ name }) => name).join(', ')}). Choose another database, or add --into-existing to keep them beside the moved ones.`,
    );
  const found = existing.filter(({ count }) => count > 0).map(({ name }) => name);
  for (const name of found) {
    if (!collections.some((one) => one.name === name)) continue;
    const pair = await Promise.all([source, target].map((db) => digestOf(db.collection(name))));
    if (!sameDigest(pair[0]!, pair[1]!)) throw mixed(name);
  }
  return { mark: { from, found }, begun: false };
}

/** The refusal of a collection that the target held before with other documents. */
export function mixed(name: string): MoveRefused {
  return new MoveRefused(
    `The target's ${name} holds other documents than the source's: the two are not mixed. Drop it there, or choose another database.`,
  );
}
