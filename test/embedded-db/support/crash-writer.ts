// The process that the crash runs kill: checks what the last one left behind and writes until it dies, or backs up, or
// compacts.
import type mongoose from 'mongoose';
import { createRequire } from 'node:module';
import { start } from '../../../src/embedded-db/index.ts';
import { backupData } from '../../../src/embedded-db/maintenance/backup.ts';
import { compactData } from '../../../src/embedded-db/maintenance/compact.ts';
import { COUNTERS, faultsIn, openingAccounts, type Acknowledged, type Stored } from './crash-facts.ts';
import { workForever, type Acknowledgement } from './crash-works.ts';

// The driver alone, without mongoose around it, starts in half the time; a process starts every second here.
const require = createRequire(import.meta.url);
const { MongoClient } = createRequire(require.resolve('mongoose'))('mongodb') as typeof mongoose.mongo;

export type Order =
  | { readonly task: 'write'; readonly dir: string; readonly round: number; readonly known: Acknowledged }
  | { readonly task: 'back up'; readonly dir: string; readonly to: string }
  | { readonly task: 'compact'; readonly dir: string };

export interface Checked {
  readonly kind: 'checked';
  readonly errors: readonly string[];
  readonly documents: number;
  readonly entries: number;
}

export type Report =
  | Acknowledgement
  | Checked
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly why: string };

const say = (report: Report): void => void process.send?.(report);

async function write(dir: string, round: number, known: Acknowledged): Promise<void> {
  const server = await start({ dir });
  const client = await new MongoClient(server.uri, { maxPoolSize: 20 }).connect();
  const db = client.db('crash');
  // The first process of a directory may have died at any point of this.
  await db
    .collection('items')
    .createIndexes([
      { key: { serial: 1 }, unique: true },
      { key: { tags: 1, n: -1 } },
      { key: { state: 1, n: 1 }, partialFilterExpression: { state: 'open' } },
    ]);
  await db.collection('transfers').createIndex({ from: 1, to: 1 });
  await db.collection('fleeting').createIndex({ at: 1 }, { expireAfterSeconds: 0 });
  const accounts = db.collection<{ _id: string }>('accounts');
  const counters = db.collection<{ _id: string }>('counters');
  await Promise.all([
    ...openingAccounts.map((one) =>
      accounts.updateOne({ _id: one._id }, { $setOnInsert: one }, { upsert: true }),
    ),
    ...Array.from({ length: COUNTERS }, (_, k) =>
      counters.updateOne({ _id: `counter ${k}` }, { $setOnInsert: { value: 0 } }, { upsert: true }),
    ),
  ]);

  const found = await client.db('admin').command({ skillrollCheck: 1 });
  const read = async (name: string, fields: object): Promise<never> =>
    (await db.collection(name).find({}, { projection: fields }).toArray()) as never;
  const stored: Stored = {
    items: await read('items', { _id: 1 }),
    fleeting: await read('fleeting', { _id: 1 }),
    counters: await read('counters', {}),
    accounts: await read('accounts', {}),
    transfers: await read('transfers', {}),
    mirror: await read('mirror', {}),
  };
  say({
    kind: 'checked',
    errors: [...(found['errors'] as string[]), ...faultsIn(stored, known)],
    documents: Number(found['documents']),
    entries: Number(found['entries']),
  });
  await workForever(client, round, say);
}

function carryOut(order: Order): Promise<unknown> {
  if (order.task === 'write') return write(order.dir, order.round, order.known);
  if (order.task === 'back up') return backupData(order.dir, order.to, new Date());
  return compactData(order.dir);
}

process.once('message', (order: Order) => {
  const leave = (report: Report): void => void process.send?.(report, () => process.exit(0));
  carryOut(order).then(
    () => leave({ kind: 'finished' }),
    (error: unknown) => leave({ kind: 'failed', why: `${order.task}: ${String(error)}` }),
  );
});
