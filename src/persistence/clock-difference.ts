// Processes on one database agree about the time, or what one stamps is overlooked by another.
import type { Connection } from 'mongoose';

/** The seconds by which the clock is ahead of the database's; below zero where it is behind. */
export async function clockDifference(connection: Connection, now: () => Date): Promise<number> {
  const asked = now().getTime();
  const { localTime } = (await connection.db!.admin().command({ hello: 1 })) as { localTime: Date };
  return Math.round(((asked + now().getTime()) / 2 - localTime.getTime()) / 1_000);
}
