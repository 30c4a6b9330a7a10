// Whether an application works on a database: of all that do, one seals the trail, and its lease moves on all the time.
import { setTimeout as sleep } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { leaseMilliseconds } from '../trail/trail.ts';
import { digestOf } from './digest.ts';
import { MoveRefused } from './move-refused.ts';

const heads = (db: mongo.Db) => db.collection('trailHeads');
const look = 250;

/** Text that changes while an application works. */
export const signOfWork = async (db: mongo.Db): Promise<string> => (await digestOf(heads(db))).sum;

/** Throws MoveRefused where an application works; waits out a lease that none gave back, as after a kill, by no clock of another. */
export async function refuseAtWork(db: mongo.Db, name: string): Promise<void> {
  if ((await heads(db).findOne({ leaseUntil: { $gt: new Date(0) } })) === null) return;
  const before = await signOfWork(db);
  for (let waited = 0; waited < leaseMilliseconds; waited += look) {
    await sleep(look);
    if ((await signOfWork(db)) !== before)
      throw new MoveRefused(
        `An application works on ${name}: what it writes meanwhile would be lost. Stop every process of it and run the same command again.`,
      );
  }
}
