// Writes of the embedded database against lmdb and bson used plainly: batches, concurrent durable writers, transactions.
import { inTurn, ms, type Measured } from '../measure.ts';
import { aCertificate, certificates, certificatesOf, type Place } from './place.ts';

const BATCH = 1_000;

/** insertMany of a thousand documents, and of as many with four indexes. */
export async function benchInsertMany({ client, raw }: Place, turns: number): Promise<Measured[]> {
  let batch = 0;
  let rawBatch = 0;
  const times = await inTurn(
    turns,
    () => certificatesOf(client, 'batches').insertMany(certificates(BATCH, BATCH * batch++)),
    () => raw.insertMany(certificates(BATCH, BATCH * rawBatch++), 'batches:'),
  );
  const indexed = certificatesOf(client, 'indexed');
  await indexed.createIndexes([
    { key: { number: 1 }, unique: true },
    { key: { personId: 1 } },
    { key: { centre: 1, issuedOn: -1 } },
    { key: { status: 1 } },
  ]);
  const withIndexes = await inTurn(
    turns,
    () => indexed.insertMany(certificates(BATCH, BATCH * batch++)),
    () => raw.insertMany(certificates(BATCH, BATCH * rawBatch++), 'batches:'),
  );
  const share = times.baseline / times.subject;
  const rate = (spent: number) => `${Math.round((1_000 * BATCH) / spent)} a second`;
  return [
    {
      name: `insertMany of ${BATCH}`,
      result: rate(times.subject),
      baseline: `${rate(times.baseline)} in one flushed transaction`,
      ratio: `${share.toFixed(2)} of its speed`,
      goal: 'at least 0.3',
      met: share >= 0.3,
    },
    {
      name: `the same with four indexes`,
      result: rate(withIndexes.subject),
      baseline: `${rate(withIndexes.baseline)} without any index`,
      ratio: `${(withIndexes.baseline / withIndexes.subject).toFixed(2)} of its speed`,
      goal: 'stated',
      met: true,
    },
  ];
}

/** So many writers at once, each waiting until its document is on disk before it writes the next. */
export async function benchWriters(
  { client, raw }: Place,
  writers: number,
  turns: number,
  each = 200,
): Promise<Measured> {
  const collection = certificatesOf(client, `writers${writers}`);
  const run = async (write: (at: number) => Promise<unknown>, from: number) => {
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let at = 0; at < each; at += 1) await write(from + writer * each + at);
      }),
    );
  };
  const ours = (at: number) => collection.insertOne(aCertificate(at));
  const plain = (at: number) => raw.put(aCertificate(at), `writers${writers}:`);
  const from = { ours: 0, plain: 0 };
  const next = (whose: keyof typeof from) => (from[whose] += writers * each);
  await run(ours, next('ours'));
  const times = await inTurn(
    turns,
    () => run(ours, next('ours')),
    () => run(plain, next('plain')),
  );
  const share = times.baseline / times.subject;
  const rate = (spent: number) => Math.round((1_000 * writers * each) / spent);
  return {
    name: `${writers} writers, each durable`,
    result: `${rate(times.subject)} a second`,
    baseline: `${rate(times.baseline)} a second by lmdb's own group commit`,
    ratio: `${share.toFixed(2)} of its speed`,
    goal: 'at least 0.3',
    met: share >= 0.3,
  };
}

/** A transaction of two writes in two collections. */
export async function benchTransaction({ client, raw }: Place, turns: number, each = 20): Promise<Measured> {
  const counters = client.db('bench').collection<{ _id: string; n: number }>('counters');
  const written = certificatesOf(client, 'transactions');
  await counters.insertOne({ _id: 'numbers', n: 0 });
  let at = 0;
  const ours = async () => {
    for (let one = 0; one < each; one += 1)
      await client.withSession((session) =>
        session.withTransaction(async () => {
          await counters.updateOne({ _id: 'numbers' }, { $inc: { n: 1 } }, { session });
          await written.insertOne(aCertificate((at += 1)), { session });
        }),
      );
  };
  const plain = () => {
    for (let one = 0; one < each; one += 1) {
      raw.insertMany([aCertificate((at += 1)), aCertificate(0)], 'transactions:');
    }
  };
  await ours();
  const times = await inTurn(turns, ours, plain);
  return {
    name: 'transaction of two writes',
    result: ms(times.subject / each),
    baseline: `${ms(times.baseline / each)} for two puts in a flushed lmdb transaction`,
    ratio: `${(times.subject / times.baseline).toFixed(1)} times as long`,
    goal: 'stated',
    met: true,
  };
}
