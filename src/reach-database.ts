// Reaches the database of a config: the replica set it names, the embedded server of a process that already serves the
// folder, or an embedded server of its own.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DirectoryInUse, start } from './embedded-db/index.ts';

export const embeddedName = 'skillroll';

export interface ReachedDatabase {
  readonly uri: string;
  /** Name of the database, undefined where the address names it. */
  readonly name: string | undefined;
  stop(): Promise<void>;
}

const addressFile = (dir: string) => join(dir, 'address');

/** The database for the one process that serves it; throws DirectoryInUse when another does. */
export async function openDatabase(
  place: { dataDir: string | null; mongodbUri: string | null },
  options: { durable?: boolean; expire?: boolean } = {},
): Promise<ReachedDatabase> {
  if (place.mongodbUri !== null) return { uri: place.mongodbUri, name: undefined, stop: async () => {} };
  const dir = place.dataDir!;
  const embedded = await start({ dir, ...options });
  writeFileSync(addressFile(dir), embedded.uri, { mode: 0o600 });
  return {
    uri: embedded.uri,
    name: embeddedName,
    async stop() {
      rmSync(addressFile(dir), { force: true });
      await embedded.stop();
    },
  };
}

/** The database for a command beside it: joins the server of a folder in use. */
export async function joinDatabase(place: {
  dataDir: string | null;
  mongodbUri: string | null;
}): Promise<ReachedDatabase> {
  try {
    return await openDatabase(place);
  } catch (error) {
    if (!(error instanceof DirectoryInUse)) throw error;
    return {
      uri: readFileSync(addressFile(place.dataDir!), 'utf8'),
      name: embeddedName,
      stop: async () => {},
    };
  }
}
