// Runs a probe through the official driver against any server, and compares what comes back byte for byte.
import {
  copyDoc,
  decode,
  docOf,
  encode,
  isDoc,
  keysOf,
  unsetField,
  type Doc,
  type Value,
} from '../../../../src/embedded-db/query/bson.ts';
import type { Client, Db } from '../../support/open.ts';
import { docsForDriver, forDriver } from './driver-values.ts';
import { NOW, type Operation, type Probe } from './probe.ts';

const DOCS = 'docs';
const INDEXED = 'indexed';

type Outcome = Value[] | Doc | 'same' | { code: number };

/** Null where the server answers as expected, else how it differs; Unsendable for a probe no driver can ask. */
export async function runProbe(client: Client, probe: Probe, database = 'probes'): Promise<string | null> {
  const [, docs, operation, expected] = probe;
  const db = client.db(database);
  let found: Outcome;
  try {
    if ('find' in operation && operation.indexes) await index(db, operation.indexes);
    await lay(db, 'find' in operation && operation.indexes ? INDEXED : DOCS, docs);
    found = await outcome(db, docs, operation);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'number') throw error;
    found = { code };
  }
  const [wanted, given] = [
    comparable(expected),
    comparable(atNow(withoutMadeId(found, expected)) as Outcome),
  ];
  return wanted === given ? null : `expected ${shown(expected)}, got ${shown(found)}`;
}

async function index(db: Db, specs: readonly Doc[]): Promise<void> {
  // Some servers refuse to drop what is not there.
  await db.dropCollection(INDEXED).catch(() => undefined);
  const indexes = specs.map((spec, at) => ({ name: `i${at}`, ...(forDriver(spec) as object) }));
  await send(db, { createIndexes: INDEXED, indexes });
}

async function lay(db: Db, name: string, docs: readonly Doc[]): Promise<void> {
  await db.command({ delete: name, deletes: [{ q: {}, limit: 0 }] });
  if (docs.length > 0) await send(db, { insert: name, documents: docsForDriver(docs) });
}

// Commands as they are, since the driver's own methods refuse what the server is to refuse.
async function send(db: Db, command: object): Promise<Record<string, unknown>> {
  const reply = (await db.command(command, { raw: true } as object)) as Record<string, unknown>;
  const [error] = (reply['writeErrors'] ?? []) as Uint8Array[];
  if (error) {
    const { code, errmsg } = decode(error);
    throw Object.assign(new Error(String(errmsg)), { code: Number(code) });
  }
  return reply;
}

async function documents(db: Db, command: object): Promise<Doc[]> {
  const { cursor } = await send(db, command);
  return decode(cursor as Uint8Array)['firstBatch'] as Doc[];
}

const MANY = { batchSize: 1000 };

async function outcome(db: Db, docs: readonly Doc[], operation: Operation): Promise<Outcome> {
  if ('find' in operation) {
    const { find, sort, project, indexes, hint } = operation;
    const command = {
      find: indexes ? INDEXED : DOCS,
      filter: forDriver(find),
      ...(hint ? { hint: forDriver(hint) } : {}),
      ...(sort ? { sort: forDriver(sort) } : {}),
      ...(project ? { projection: forDriver(project) } : {}),
      ...MANY,
    };
    const found = await documents(db, command);
    return project ? found : found.map((doc) => doc['_id']!);
  }
  if ('aggregate' in operation) {
    const { aggregate, others } = operation;
    if (others) for (const name of collectionsIn(aggregate)) await lay(db, name, others);
    return documents(db, { aggregate: DOCS, pipeline: docsForDriver(aggregate), cursor: MANY });
  }
  return updated(db, docs, operation);
}

function collectionsIn(value: Value): Set<string> {
  const names = new Set<string>();
  if (Array.isArray(value)) for (const each of value) for (const name of collectionsIn(each)) names.add(name);
  else if (isDoc(value))
    for (const [key, each] of Object.entries(value))
      if (['from', 'coll', '$unionWith'].includes(key) && typeof each === 'string') names.add(each);
      else for (const name of collectionsIn(each)) names.add(name);
  return names;
}

async function updated(
  db: Db,
  docs: readonly Doc[],
  { update, filter = {}, arrayFilters, upsert }: Extract<Operation, { update: unknown }>,
): Promise<Doc | 'same'> {
  const statement = {
    q: forDriver(filter),
    u: Array.isArray(update) ? docsForDriver(update) : forDriver(update),
    ...(arrayFilters ? { arrayFilters: docsForDriver(arrayFilters) } : {}),
    ...(upsert ? { upsert } : {}),
  };
  const reply = await send(db, { update: DOCS, updates: [statement] });
  const [upserted] = (reply['upserted'] ?? []) as Uint8Array[];
  if (!upserted && reply['nModified'] === 0) return 'same';
  const now = await documents(db, { find: DOCS, filter: {}, sort: { _id: 1 }, ...MANY });
  const before = docs.map((doc) => comparable([doc]));
  return now.find((doc) => !before.includes(comparable([doc])))!;
}

// An upsert makes an `_id` where the expectation leaves it open.
function withoutMadeId(found: Outcome, expected: Outcome): Outcome {
  if (!isDoc(found) || !isDoc(expected) || 'code' in expected || '_id' in expected) return found;
  const rest = copyDoc(found as Doc);
  unsetField(rest, '_id');
  return rest;
}

// What the server's clock said just now is the time of the probe.
function atNow(value: unknown): unknown {
  if (value instanceof Date) return Math.abs(value.getTime() - Date.now()) < 60_000 ? NOW : value;
  if (Array.isArray(value)) return value.map(atNow);
  if (!isDoc(value)) return value;
  return docOf(keysOf(value).map((key) => [key, atNow(value[key]) as Value]));
}

const comparable = (value: Outcome): string => Buffer.from(encode({ value: value as Value })).toString('hex');

function shown(value: Outcome): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'bigint' ? `${String(each)}n` : each,
  ).slice(0, 200);
}
