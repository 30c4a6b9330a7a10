// The two stores a database bench compares: ours behind MongoDB's driver, and lmdb with bson used plainly.
import { deserialize, serialize } from 'bson';
import { open as openLmdb, type RootDatabase } from 'lmdb';
import mongoose from 'mongoose';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, type StartOptions } from '../../../src/embedded-db/index.ts';

type Client = InstanceType<typeof mongoose.mongo.MongoClient>;
export type Certificate = ReturnType<typeof aCertificate>;
export type Certificates = ReturnType<typeof certificatesOf>;

export interface Place {
  readonly client: Client;
  readonly raw: Raw;
  close(): Promise<void>;
}

/** Both stores in new folders of the temporary directory, which has to lie on a disk for figures of durable writes. */
export async function openPlace(options: Omit<StartOptions, 'dir'> = {}): Promise<Place> {
  const dir = mkdtempSync(join(tmpdir(), 'skillroll-bench-db-'));
  const server = await start({ dir: join(dir, 'ours'), ...options });
  const client = await new mongoose.mongo.MongoClient(server.uri, { maxPoolSize: 64 }).connect();
  const raw = openRaw(join(dir, 'raw'));
  return {
    client,
    raw,
    async close() {
      await client.close();
      await server.stop();
      await raw.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A collection of certificates by its name. */
export const certificatesOf = (client: Client, name: string) =>
  client.db('bench').collection<{ _id: string } & Record<string, unknown>>(name);

const day = (at: number) => new Date(Date.UTC(2021, 0, 1 + (at % 365))).toISOString().slice(0, 10);

/** The certificate number `at`: about 360 bytes, as the product's records are. */
export function aCertificate(at: number) {
  const number = String(at).padStart(9, '0');
  return {
    _id: `01f5certificate${number}`,
    number: `S000032999999213${number}`,
    personId: `01f5person${String(at % 40_000).padStart(9, '0')}`,
    kind: at % 3 === 0 ? 'completion' : 'skill_level',
    status: at % 50 === 0 ? 'revoked' : 'valid',
    centre: `centre ${at % 120}`,
    issuedOn: day(at),
    score: at % 101,
    hours: 40 + (at % 8) * 10,
    occupation: { code: '4-08-05-01', name: '电工', level: 1 + (at % 5) },
    history: [{ status: 'issued', when: new Date(1_620_000_000_000 + at) }],
  };
}

export const certificates = (count: number, from = 0): Certificate[] =>
  Array.from({ length: count }, (_, at) => aCertificate(from + at));

/** Lmdb keys to BSON, with one index kept by hand: every commit is on disk when its promise or call ends, as ours is. */
export interface Raw {
  readonly store: RootDatabase<Buffer, Buffer>;
  insertMany(documents: readonly Certificate[], prefix: string): void;
  put(document: Certificate, prefix: string): Promise<boolean>;
  get(key: string): Certificate | undefined;
  /** The documents that index entries lead to, in order. */
  range(start: string, end: string, limit: number): Certificate[];
  close(): Promise<void>;
}

// Committed before the call returns, and flushed: what ours asks of LMDB too.
const FLUSHED = 3 as Parameters<RootDatabase['transactionSync']>[1];

function openRaw(path: string): Raw {
  const store = openLmdb<Buffer, Buffer>({
    path,
    encoding: 'binary',
    keyEncoding: 'binary',
    pageSize: 8192,
    mapSize: 64 * 2 ** 30,
    overlappingSync: false,
  });
  const bytes = (text: string) => Buffer.from(text);
  const get = (key: Buffer): Certificate | undefined => {
    const found = store.get(key);
    return found && (deserialize(found) as Certificate);
  };
  return {
    store,
    insertMany: (documents, prefix) =>
      store.transactionSync(() => {
        for (const one of documents) store.putSync(bytes(`${prefix}${one._id}`), Buffer.from(serialize(one)));
      }, FLUSHED),
    put: (document, prefix) => store.put(bytes(`${prefix}${document._id}`), Buffer.from(serialize(document))),
    get: (key) => get(bytes(key)),
    range: (start, end, limit) =>
      [...store.getRange({ start: bytes(start), end: bytes(end), limit })].map(({ value }) => get(value)!),
    close: () => store.close(),
  };
}
