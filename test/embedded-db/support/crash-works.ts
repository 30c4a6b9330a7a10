// What the process of the crash runs does at once until it is killed; each work tells what was acknowledged.
import type mongoose from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountIds, COUNTERS, type Acknowledged } from './crash-facts.ts';

type Client = mongoose.mongo.MongoClient;

/** From the writer to its parent. */
export type Acknowledgement =
  | { readonly kind: Exclude<keyof Acknowledged, 'counters'>; readonly ids: readonly string[] }
  | { readonly kind: 'counter'; readonly id: string; readonly value: number }
  | { readonly kind: 'did'; readonly what: 'index builds' | 'merges' | 'expiry sweeps' };

interface Item {
  _id: string;
  serial: string;
  tags: string[];
  state: string;
  n: number;
}

const random = (below: number): number => Math.floor(Math.random() * below);

/** Starts every work on `client`; never resolves while all goes well. */
export async function workForever(
  client: Client,
  round: number,
  say: (acknowledgement: Acknowledgement) => void,
): Promise<void> {
  const db = client.db('crash');
  const items = db.collection<Item>('items');
  const transfers = db.collection<{ _id: string }>('transfers');
  const accounts = db.collection<{ _id: string; sum: number }>('accounts');
  const counters = db.collection<{ _id: string; value: number }>('counters');
  const fleeting = db.collection<{ _id: string; at: Date }>('fleeting');

  const item = (name: string, n: number): Item => ({
    _id: `${round}/${name}/${n}`,
    serial: `${round}-${name}-${n}`,
    tags: [`t${n % 5}`, `u${n % 3}`],
    state: n % 2 ? 'open' : 'closed',
    n,
  });

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
    const [from, to] = [accountIds[random(accountIds.length)]!, accountIds[random(accountIds.length)]!];
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
  const indexer = async (): Promise<void> => {
    await items.createIndex({ n: 1, tags: 1 }, { name: 'late' });
    say({ kind: 'did', what: 'index builds' });
    await sleep(random(40));
    await items.dropIndex('late');
    await sleep(random(40));
  };
  const merger = async (): Promise<void> => {
    const twice = { $project: { sum: 1, twice: { $add: ['$sum', '$sum'] } } };
    await accounts.aggregate([twice, { $merge: { into: 'mirror', whenMatched: 'replace' } }]).toArray();
    say({ kind: 'did', what: 'merges' });
    await sleep(random(60));
  };
  const expirer = async (n: number): Promise<void> => {
    const kept = { _id: `${round}/kept/${n}`, at: new Date(Date.now() + 86_400_000) };
    const passing = Array.from({ length: 5 }, (_, i) => ({
      _id: `${round}/passing/${n}/${i}`,
      at: new Date(0),
    }));
    await fleeting.insertMany([kept, ...passing]);
    say({ kind: 'kept', ids: [kept._id] });
    await client.db('admin').command({ skillrollSweep: 1 });
    say({ kind: 'did', what: 'expiry sweeps' });
    await sleep(random(60));
  };

  const endless = async (work: (n: number) => Promise<void>): Promise<never> => {
    for (let n = 0; ; n++) await work(n);
  };
  await Promise.all(
    [
      ...['a', 'b'].map(inserter),
      ...['u', 'v', 'w', 'x', 'y', 'z'].map(mover),
      ...Array.from({ length: COUNTERS }, (_, k) => counting(k)),
      batcher,
      remover,
      indexer,
      merger,
      expirer,
    ].map(endless),
  );
}
