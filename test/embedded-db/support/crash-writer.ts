// The process that the crash test kills: checks what the last one left behind, then writes until it dies.
import mongoose from 'mongoose';
import { start } from '../../../src/embedded-db/index.ts';

const { MongoClient } = mongoose.mongo;
const ACCOUNTS = 40;
const COUNTERS = 4;

/** What has been acknowledged in all rounds so far, as the surviving process knows it. */
export interface Acknowledged {
  readonly inserted: string[];
  readonly deleted: string[];
  readonly counters: Record<string, number>;
  readonly transfers: string[];
}

/** From the writer to the test: an acknowledgement, or the outcome of the check. */
export type Report =
  | { readonly kind: 'inserted' | 'deleted' | 'transfers'; readonly ids: string[] }
  | { readonly kind: 'counter'; readonly id: string; readonly value: number }
  | {
      readonly kind: 'checked';
      readonly errors: string[];
      readonly documents: number;
      readonly entries: number;
    };

interface Item {
  _id: string;
  serial: string;
  tags: string[];
  state: string;
  n: number;
}

interface Transfer {
  _id: string;
  from: string;
  to: string;
  amount: number;
}

const say = (report: Report): void => void process.send?.(report);

async function run(dir: string, round: number, known: Acknowledged): Promise<void> {
  const server = await start({ dir });
  const client = await new MongoClient(server.uri, { maxPoolSize: 20 }).connect();
  const db = client.db('crash');
  const items = db.collection<Item>('items');
  const transfers = db.collection<Transfer>('transfers');
  const accounts = db.collection<{ _id: string; sum: number }>('accounts');
  const counters = db.collection<{ _id: string; value: number }>('counters');

  if (round === 0) {
    await items.createIndexes([
      { key: { serial: 1 }, unique: true },
      { key: { tags: 1, n: -1 } },
      { key: { state: 1, n: 1 }, partialFilterExpression: { state: 'open' } },
    ]);
    await transfers.createIndex({ from: 1, to: 1 });
    await accounts.insertMany(
      Array.from({ length: ACCOUNTS }, (_, i) => ({ _id: `account ${i}`, sum: 1000 })),
    );
    await counters.insertMany(
      Array.from({ length: COUNTERS }, (_, i) => ({ _id: `counter ${i}`, value: 0 })),
    );
  }
  say({ kind: 'checked', ...(await check()) });

  async function check(): Promise<{ errors: string[]; documents: number; entries: number }> {
    const found = await client.db('admin').command({ skillrollCheck: 1 });
    const errors = [...(found['errors'] as string[])];
    const stored = new Set(
      await items
        .find({}, { projection: { _id: 1 } })
        .map((item) => item._id)
        .toArray(),
    );
    for (const id of known.inserted) if (!stored.has(id)) errors.push(`acknowledged insert ${id} is lost`);
    for (const id of known.deleted) if (stored.has(id)) errors.push(`acknowledged delete ${id} is undone`);
    for (const { _id, value } of await counters.find().toArray()) {
      const least = known.counters[_id] ?? 0;
      if (value < least) errors.push(`${_id} went back from ${least} to ${value}`);
    }
    const sums = new Map(Array.from({ length: ACCOUNTS }, (_, i) => [`account ${i}`, 1000]));
    const booked = new Set<string>();
    for (const { _id, from, to, amount } of await transfers.find().toArray()) {
      booked.add(_id);
      sums.set(from, (sums.get(from) ?? 0) - amount);
      sums.set(to, (sums.get(to) ?? 0) + amount);
    }
    for (const id of known.transfers) if (!booked.has(id)) errors.push(`acknowledged transfer ${id} is lost`);
    for (const { _id, sum } of await accounts.find().toArray()) {
      if (sum !== sums.get(_id))
        errors.push(`${_id} holds ${sum}, its transfers say ${String(sums.get(_id))}: half a transaction`);
    }
    return { errors, documents: Number(found['documents']), entries: Number(found['entries']) };
  }

  const item = (name: string, n: number): Item => ({
    _id: `${round}/${name}/${n}`,
    serial: `${round}-${name}-${n}`,
    tags: [`t${n % 5}`, `u${n % 3}`],
    state: n % 2 ? 'open' : 'closed',
    n,
  });

  const endless = async (work: (n: number) => Promise<void>): Promise<never> => {
    for (let n = 0; ; n++) await work(n);
  };

  const inserter = (name: string) => async (n: number) => {
    await items.insertOne(item(name, n));
    say({ kind: 'inserted', ids: [item(name, n)._id] });
  };
  const batcher = async (n: number): Promise<void> => {
    const batch = Array.from({ length: 20 }, (_, i) => item('batch', n * 20 + i));
    await items.insertMany(batch);
    say({ kind: 'inserted', ids: batch.map((one) => one._id) });
    await items.updateMany({ _id: { $in: batch.map((one) => one._id) } }, {
      $set: { state: 'done' },
      $push: { tags: 'late' },
    } as never);
  };
  const remover = async (n: number): Promise<void> => {
    const one = item('gone', n);
    await items.insertOne(one);
    await items.deleteOne({ _id: one._id });
    say({ kind: 'deleted', ids: [one._id] });
  };
  const counting = (k: number) => async () => {
    const after = await counters.findOneAndUpdate(
      { _id: `counter ${k}` },
      { $inc: { value: 1 } },
      { returnDocument: 'after' },
    );
    if (after) say({ kind: 'counter', id: after._id, value: after.value });
  };
  const mover = (name: string) => async (n: number) => {
    const [from, to] = [Math.floor(Math.random() * ACCOUNTS), Math.floor(Math.random() * ACCOUNTS)].map(
      (i) => `account ${i}`,
    ) as [string, string];
    if (from === to) return;
    const transfer = { _id: `${round}/${name}/${n}`, from, to, amount: 1 + (n % 9) };
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await accounts.updateOne({ _id: from }, { $inc: { sum: -transfer.amount } }, { session });
        await transfers.insertOne(transfer, { session });
        await accounts.updateOne({ _id: to }, { $inc: { sum: transfer.amount } }, { session });
      }),
    );
    say({ kind: 'transfers', ids: [transfer._id] });
  };
  await Promise.all([
    ...['a', 'b'].map((name) => endless(inserter(name))),
    ...['u', 'v', 'w', 'x', 'y', 'z'].map((name) => endless(mover(name))),
    ...Array.from({ length: COUNTERS }, (_, k) => endless(counting(k))),
    endless(batcher),
    endless(remover),
  ]);
}

process.once('message', ({ dir, round, known }: { dir: string; round: number; known: Acknowledged }) => {
  run(dir, round, known).catch((error: unknown) => {
    process.send?.(
      {
        kind: 'checked',
        errors: [`the writer failed: ${String(error)}`],
        documents: 0,
        entries: 0,
      } satisfies Report,
      () => process.exit(1),
    );
  });
});
