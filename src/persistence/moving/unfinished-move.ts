// The mark a move leaves in its target until everything is verified, so that it can go on and nobody works on half of it.
import type { mongo } from 'mongoose';

export const markCollection = 'unfinishedMove';

export interface Mark {
  /** Where the data comes from, without credentials. */
  readonly from: string;
  /** Collections that held documents before the move began. */
  readonly found: readonly string[];
}

type StoredMark = Mark & { _id: string };

const marks = (db: mongo.Db) => db.collection<StoredMark>(markCollection);

/** The mark of a database into which a move has begun, or null. */
export async function readMark(db: mongo.Db): Promise<Mark | null> {
  const stored = await marks(db).findOne({ _id: 'move' });
  return stored && { from: stored.from, found: stored.found };
}

export async function writeMark(db: mongo.Db, mark: Mark): Promise<void> {
  await marks(db).insertOne({ _id: 'move', ...mark }, { writeConcern: { w: 'majority' } });
}

export async function removeMark(db: mongo.Db): Promise<void> {
  await db.dropCollection(markCollection);
}
