// What the database holds, as one digest for each collection: two equal answers mean that nothing was written in between.
import { createHash } from 'node:crypto';
import { EJSON } from './bson.ts';
import type { Connection } from 'mongoose';

/** Collection → digest of its documents by id; collections named are left out. */
export async function digestsOf(
  connection: Connection,
  except: readonly string[] = [],
): Promise<Record<string, string>> {
  const names = Object.keys(connection.collections)
    .filter((name) => !except.includes(name))
    .sort();
  const digests = await Promise.all(
    names.map(async (name) => {
      const documents = await connection.collection(name).find({}).sort({ _id: 1 }).toArray();
      return createHash('sha256').update(EJSON.stringify(documents)).digest('base64url');
    }),
  );
  return Object.fromEntries(names.map((name, index) => [name, digests[index]!]));
}
