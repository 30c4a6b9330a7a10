// Collections and indexes are made at start, from the schemas of all models of the connection.
import type { Connection } from 'mongoose';

/** Makes what is missing; an index that the data contradicts stops the start with MongoDB's error. */
export async function createIndexes(connection: Connection): Promise<void> {
  for (const name of connection.modelNames()) {
    const model = connection.model(name);
    await model.createCollection();
    await model.createIndexes();
  }
}
