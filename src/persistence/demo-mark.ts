// The mark of a demo in its database, where it goes with the records into every backup and salvage: everybody knows the
// passwords of its accounts.
import type { mongo } from 'mongoose';

const marks = (db: mongo.Db) => db.collection<{ _id: string }>('demoMark');

/** Whether a database holds the records of a demo. */
export async function isDemo(db: mongo.Db): Promise<boolean> {
  return (await marks(db).findOne({ _id: 'demo' })) !== null;
}

export async function markDemo(db: mongo.Db): Promise<void> {
  await marks(db).updateOne({ _id: 'demo' }, { $setOnInsert: { madeBy: 'npm run demo' } }, { upsert: true });
}
