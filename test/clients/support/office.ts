// A folder with an office's records, served by `npm run db:serve`, and the Node driver beside the client under test.
import mongoose from 'mongoose';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../../src/embedded-db/index.ts';
import { startCommand } from '../../support/commands.ts';

const { BSON, Binary, Decimal128, Long, MongoClient, ObjectId } = mongoose.mongo;
const { EJSON } = BSON;
export type Client = InstanceType<typeof MongoClient>;
export type Db = ReturnType<Client['db']>;
type Document = Record<string, unknown>;

export interface Office {
  /** The address that db:serve printed, for a database of this name. */
  uri(database: string): string;
  /** The same database by the Node driver. */
  db(database: string): Db;
  close(): Promise<void>;
}

/** Names of the databases that begin with the same records, one for each client. */
export const databases = ['node', 'pymongo', 'mongosh', 'tools'] as const;

/** Fills a new folder and serves it on a free port. */
export async function openOffice(): Promise<Office> {
  const root = mkdtempSync(join(tmpdir(), 'skillroll-clients-'));
  const dir = join(root, 'office');
  await fill(dir);
  const command = startCommand('src/cli/db-serve.ts', ['--data', dir]);
  const [address] = /mongodb:\/\/\S+/.exec(await command.wrote('It ends with this command'))!;
  const client = await new MongoClient(address).connect();
  return {
    uri: (database) => address.replace('/skillroll?', `/${database}?`),
    db: (database) => client.db(database),
    async close() {
      await client.close();
      command.kill('SIGTERM');
      await command.ended;
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function fill(dir: string): Promise<void> {
  const server = await start({ dir, durable: false });
  const client = await new MongoClient(server.uri).connect();
  for (const name of databases) {
    const db = client.db(name);
    await db.collection('people').insertMany(people() as never);
    await db
      .collection('people')
      .createIndexes([
        { key: { areaId: 1, hours: -1 } },
        { key: { tags: 1 } },
        { key: { mobile: 1 }, unique: true, partialFilterExpression: { mobile: { $exists: true } } },
      ]);
    await db.collection('certificates').insertMany(certificates() as never);
    await db.collection('certificates').createIndexes([
      { key: { number: 1 }, unique: true },
      { key: { printedAt: 1 }, expireAfterSeconds: 3600 * 24 * 365 * 100 },
      { key: { 'revoked.on': 1 }, sparse: true },
    ]);
    await db.createCollection('empty');
  }
  await client.close();
  await server.stop();
}

const areas = ['donghu', 'nangang', 'xishan', 'beicheng'];

function people(): Document[] {
  return Array.from({ length: 2500 }, (_, n) => ({
    _id: n + 1,
    name: `学员${n + 1}`,
    areaId: areas[n % areas.length],
    hours: (n * 37) % 120,
    score: n % 3 === 0 ? null : (n % 101) / 4,
    enrolledAt: new Date(Date.UTC(1969 + (n % 60), n % 12, 1 + (n % 28), 1, 2, 3, n % 1000)),
    tags: n % 5 === 0 ? [] : ['retired', 'farmer', 'graduate'].slice(n % 3),
    address: { street: `解放路${n % 40}号`, floors: [[n % 3], [n % 4, 'x']] },
    ...(n % 2 === 0 ? { mobile: String(13_000_000_000 + n) } : {}),
  }));
}

function certificates(): Document[] {
  return Array.from({ length: 300 }, (_, n) => ({
    _id: ObjectId.createFromHexString(n.toString(16).padStart(24, '0')),
    number: `S0000${String(n).padStart(8, '0')}`,
    personId: n * 7 + 1,
    fee: Decimal128.fromString(`${n}.50`),
    flow: Long.fromString('9007199254740993').add(n),
    seal: new Binary(Buffer.from(`seal ${n}`)),
    printedAt: new Date(Date.UTC(2021, n % 12, 1)),
    revoked: n % 50 === 49 ? { on: '2021-11-30', because: '作弊' } : null,
  }));
}

/** All that a database holds: documents by collection in the order of `_id`, and indexes, every type kept. */
export async function stateOf(db: Db): Promise<Record<string, unknown>> {
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();
  const entries = names.map(async (name) => {
    const collection = db.collection(name);
    const documents = await collection
      .find({}, { promoteValues: false, promoteBuffers: false })
      .sort({ _id: 1 })
      .toArray();
    const indexes = await collection.listIndexes().toArray();
    const byName = indexes.sort((one, other) => String(one['name']).localeCompare(String(other['name'])));
    return [name, { documents: canonical(documents), indexes: canonical(byName) }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** A value with its BSON types spelt out, as every client can print it. */
export function canonical(value: unknown): unknown {
  return EJSON.serialize(value as Document, { relaxed: false });
}
