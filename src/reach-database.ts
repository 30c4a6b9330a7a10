// Reaches the database of a config: the replica set it names, the embedded server of a process that already serves the
// folder, or an embedded server of its own.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DirectoryInUse, start, type StartOptions } from './embedded-db/index.ts';

export const embeddedName = 'skillroll';

/** A folder of the embedded database, or the address of a MongoDB, which goes first. */
export interface DatabasePlace {
  readonly dataDir: string | null;
  readonly mongodbUri: string | null;
}

export interface ReachedDatabase {
  readonly uri: string;
  /** Name of the database, undefined where the address names it. */
  readonly name: string | undefined;
  stop(): Promise<void>;
}

const addressFile = (dir: string) => join(dir, 'address');

/** The database for the one process that serves it; throws DirectoryInUse when another does. */
export async function openDatabase(
  place: DatabasePlace,
  options: Pick<StartOptions, 'durable' | 'expire' | 'progress'> = {},
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

/** The database for a command beside it, which deletes nothing: joins the server of a folder in use, else starts one. */
export async function joinDatabase(place: DatabasePlace): Promise<ReachedDatabase> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openDatabase(place, { expire: false });
    } catch (error) {
      if (!(error instanceof DirectoryInUse)) throw error;
      const uri = servedAddress(place.dataDir!);
      if (uri !== null) return { uri, name: embeddedName, stop: async () => {} };
      // Whoever holds the folder is just starting or stopping.
      if (attempt === joinAttempts) throw error;
      await sleep(200);
    }
  }
}

const joinAttempts = 25;

/** The address the folder's server wrote, if its socket is there: a killed server leaves an old one behind. */
function servedAddress(dir: string): string | null {
  if (!existsSync(addressFile(dir))) return null;
  const uri = readFileSync(addressFile(dir), 'utf8');
  const socket = /^mongodb:\/\/([^/?]+)/.exec(uri)?.[1];
  return socket !== undefined && existsSync(decodeURIComponent(socket)) ? uri : null;
}
