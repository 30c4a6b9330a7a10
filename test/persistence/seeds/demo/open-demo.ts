// Opens a finished demo folder that nobody serves, to audit it.
import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { readDemoMarker } from '../../../../src/demo-marker.ts';
import { connect } from '../../../../src/persistence/connection.ts';
import { openHeadcounts } from '../../../../src/persistence/reads/headcounts-alone.ts';
import { joinDatabase } from '../../../../src/reach-database.ts';
import { auditYear } from './audit-year.ts';
import { readAll, type Finding } from './raw-year.ts';

/** Every check of the demo in the folder with its outcome; throws when it holds no finished one. */
export async function auditDemo(dir: string): Promise<Finding[]> {
  const marker = readDemoMarker(dir);
  if (marker?.complete !== true) throw new Error(`${dir} holds no finished demo year.`);
  return withDemo(dir, async (connection) =>
    auditYear(connection, await openHeadcounts(connection), marker.scale),
  );
}

/** How many records each collection holds and a digest of them; alike for demos of one seed made on one day. */
export async function fingerprintOf(dir: string): Promise<Record<string, string>> {
  return withDemo(dir, async (connection) =>
    Object.fromEntries(
      Object.entries(await readAll(connection)).map(([name, records]) => {
        const said = records.map((one) => JSON.stringify(one, repeatedPart)).sort();
        const digest = createHash('sha256').update(said.join('\n')).digest('hex');
        return [name, `${records.length} ${digest.slice(0, 16)}`];
      }),
    ),
  );
}

/** Without what belongs to a folder's own keys, and without numbers its lanes take from one counter. */
function repeatedPart(key: string, value: unknown): unknown {
  if (/Sealed$|Hash$/.test(key)) return undefined;
  return ['number', 'sessionNumber', 'flowNumber'].includes(key) ? undefined : value;
}

async function withDemo<Result>(
  dir: string,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const database = await joinDatabase({ dataDir: dir, mongodbUri: null });
  const connection = await connect(database.uri, database.name);
  try {
    return await use(connection);
  } finally {
    await connection.close();
    await database.stop();
  }
}
