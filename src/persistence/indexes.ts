// Collections and indexes are made at start, from the schemas of all models of the connection.
import type { Connection, mongo } from 'mongoose';

/** Each command under way takes a connection, and opening one costs more than most of these commands. */
const atOnce = 4;

/** Makes what is missing, a command a collection; an index that the data contradicts stops the start with MongoDB's error. */
export async function createIndexes(connection: Connection): Promise<void> {
  const names = connection.modelNames().values();
  const makeNext = async (): Promise<void> => {
    for (const name of names) await createIndexesOf(connection, name);
  };
  await Promise.all(Array.from({ length: atOnce }, makeNext));
}

async function createIndexesOf(connection: Connection, name: string): Promise<void> {
  const model = connection.model(name);
  const indexes = model.schema
    .indexes()
    .map(([key, { background: _, ...options }]) => ({ key, ...options }) as mongo.IndexDescription);
  if (indexes.length === 0) await model.createCollection();
  else await model.collection.createIndexes(indexes);
}
