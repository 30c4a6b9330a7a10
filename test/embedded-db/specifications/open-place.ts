// An embedded server on a new directory, with a door for fail points before it.
import mongoose from 'mongoose';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../../src/embedded-db/index.ts';
import { openFailPointDoor } from './fail-point-door.ts';
import type { Place } from './run-suite.ts';

/** Starts it; `close` removes everything. */
export async function openPlace(): Promise<Place & { close(): Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'skillroll-spec-'));
  const server = await start({ dir: join(dir, 'data'), durable: false });
  const path = join(dir, 'door.sock');
  const door = await openFailPointDoor(
    path,
    decodeURIComponent(/^mongodb:\/\/([^/]*)/.exec(server.uri)![1]!),
  );
  const own = await new mongoose.mongo.MongoClient(server.uri).connect();
  return {
    uri: `mongodb://${encodeURIComponent(path)}/?directConnection=true`,
    own,
    door,
    close: async () => {
      await own.close();
      await door.close();
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
