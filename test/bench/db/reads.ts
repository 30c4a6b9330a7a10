// Reads of the embedded database: one document, a range, a sorted page, counts and a group over everything.
import { deserialize } from 'bson';
import { inTurn, median, ms, timed, type Measured } from '../measure.ts';
import { certificates, certificatesOf, type Certificate, type Place } from './place.ts';

export const READ = 'read';

/** Fills both stores with so many certificates and the indexes that the reads use. */
export async function fillForReads({ client, raw }: Place, count: number): Promise<void> {
  const ours = certificatesOf(client, READ);
  for (let from = 0; from < count; from += 5_000) {
    const part = certificates(Math.min(5_000, count - from), from);
    await ours.insertMany(part);
    raw.store.transactionSync(() => {
      for (const one of part) {
        const key = Buffer.from(`read:${one._id}`);
        raw.store.putSync(Buffer.from(`number:${one.number}`), key);
        raw.store.putSync(Buffer.from(`day:${one.centre}:${one.issuedOn}:${one._id}`), key);
      }
    });
    raw.insertMany(part, 'read:');
  }
  await ours.createIndexes([
    { key: { number: 1 }, unique: true },
    { key: { centre: 1, issuedOn: 1 } },
    { key: { status: 1 } },
  ]);
}

/** Half of the single reads take less than so many milliseconds. */
async function p50(count: number, read: (at: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < count; at += 1) times.push(await timed(() => read(at)));
  return median(times);
}

/** findOne by `_id` and by a unique index against an empty `ping`. */
export async function benchFindOne({ client }: Place, stored: number, each: number): Promise<Measured[]> {
  const ours = certificatesOf(client, READ);
  const one = (at: number) => certificates(1, (at * 7919) % stored)[0]!;
  const db = client.db('bench');
  const ping = () => db.command({ ping: 1 });
  const ways: [string, (at: number) => Promise<unknown>][] = [
    ['findOne by _id', (at) => ours.findOne({ _id: one(at)._id })],
    ['findOne by a unique index', (at) => ours.findOne({ number: one(at).number })],
  ];
  const found: Measured[] = [];
  for (const [name, read] of ways) {
    await p50(each, read);
    const times: [number, number][] = [];
    for (let turn = 0; turn < 5; turn += 1) times.push([await p50(each, ping), await p50(each, read)]);
    const empty = median(times.map(([spent]) => spent));
    const ours = median(times.map(([, spent]) => spent));
    found.push({
      name: `${name}, p50`,
      result: ms(ours),
      baseline: `${ms(empty)} an empty ping`,
      ratio: `${(ours / empty).toFixed(1)} times as long`,
      goal: 'at most 6 times',
      met: ours / empty <= 6,
    });
  }
  return found;
}

/** A range of a hundred, and a page in the order of a compound index. */
export async function benchRanges({ client, raw }: Place, turns: number, each = 20): Promise<Measured[]> {
  const ours = certificatesOf(client, READ);
  const repeated = (work: (at: number) => Promise<unknown> | unknown) => async () => {
    for (let at = 0; at < each; at += 1) await work(at);
  };
  const from = (at: number) => `S000032999999213${String(at * 17).padStart(9, '0')}`;
  const range = await inTurn(
    turns,
    repeated((at) => ours.find({ number: { $gte: from(at) } }, { limit: 100 }).toArray()),
    repeated((at) => raw.range(`number:${from(at)}`, 'number;', 100)),
  );
  const page = await inTurn(
    turns,
    repeated((at) =>
      ours
        .find({ centre: `centre ${at}` })
        .sort({ issuedOn: -1 })
        .limit(50)
        .toArray(),
    ),
    repeated((at) => raw.range(`day:centre ${at}:`, `day:centre ${at};`, 50)),
  );
  const measured = (name: string, times: { subject: number; baseline: number }): Measured => ({
    name,
    result: ms(times.subject / each),
    baseline: `${ms(times.baseline / each)} by lmdb and bson in the same thread`,
    ratio: `${(times.subject / times.baseline).toFixed(1)} times as long`,
    goal: 'stated',
    met: true,
  });
  return [measured('indexed range of 100', range), measured('sort and limit 50 on a compound index', page)];
}

/** A count that an index answers against the same one that has to look into each document. */
export async function benchCount({ client }: Place, turns: number): Promise<Measured> {
  const ours = certificatesOf(client, READ);
  const byKeys = () => ours.countDocuments({ status: 'valid' });
  const fetching = () => ours.countDocuments({ status: 'valid', score: { $gte: 0 } }, { hint: 'status_1' });
  const [keys, fetched] = [await byKeys(), await fetching()];
  if (keys !== fetched) throw new Error(`${keys} by keys, ${fetched} by documents`);
  const times = await inTurn(turns, byKeys, fetching);
  const ratio = times.baseline / times.subject;
  return {
    name: `count of ${keys} by an index`,
    result: ms(times.subject),
    baseline: `${ms(times.baseline)} with their documents`,
    ratio: `${ratio.toFixed(0)} times faster`,
    goal: 'at least 10 times',
    met: ratio >= 10,
  };
}

const pipeline = [
  { $match: { status: 'valid' } },
  { $group: { _id: '$centre', count: { $sum: 1 }, hours: { $sum: '$hours' }, best: { $max: '$score' } } },
];

/** `$match` and `$group` over everything. */
export async function benchGroup({ client, raw }: Place, stored: number, turns: number): Promise<Measured> {
  const ours = certificatesOf(client, READ);
  const plain = () => {
    const groups = new Map<string, { count: number; hours: number; best: number }>();
    for (const { value } of raw.store.getRange({ start: Buffer.from('read:'), end: Buffer.from('read;') })) {
      const { status, centre, hours, score } = deserialize(value) as Certificate;
      if (status !== 'valid') continue;
      const group = groups.get(centre) ?? { count: 0, hours: 0, best: 0 };
      group.count += 1;
      group.hours += hours;
      group.best = Math.max(group.best, score);
      groups.set(centre, group);
    }
    return groups;
  };
  const counted = (await ours.aggregate(pipeline).toArray()) as { _id: string; count: number }[];
  const expected = plain();
  if (counted.some(({ _id, count }) => expected.get(_id)?.count !== count))
    throw new Error('the groups differ');
  const times = await inTurn(turns, () => ours.aggregate(pipeline).toArray(), plain);
  return {
    name: `$match and $group over ${stored}`,
    result: ms(times.subject),
    baseline: `${ms(times.baseline)} by lmdb and bson in a loop`,
    ratio: `${(times.subject / times.baseline).toFixed(1)} times as long`,
    goal: 'stated',
    met: true,
  };
}
