// Collections and indexes are made at start, from the schemas of all models of the connection.
import type { Connection, mongo } from 'mongoose';

/** Makes what is missing, a command a collection; an index that the data contradicts stops the start with MongoDB's error. */
export async function createIndexes(connection: Connection): Promise<void> {
  await Promise.all(
    connection.modelNames().map(async (name) => {
      const model = connection.model(name);
      const indexes = model.schema
        .indexes()
        .map(([key, { background: _, ...options }]) => ({ key, ...options }) as mongo.IndexDescription);
      if (indexes.length === 0) await model.createCollection();
      else await model.collection.createIndexes(indexes);
    }),
  );
}
